import { z } from 'zod';
import type { CardFacts } from '../../../pipeline/domain/card/facts.ts';
import type { Finding, FindingKind } from '../../records/findings.ts';
import { recordedDuel } from '../duel/fight.ts';
import type { Side } from '../duel/sides.ts';
import type { Study } from '../study.ts';

const saidSchema = z.looseObject({ sentence: z.string(), shuffled: z.unknown().optional() });

/** What was examined of a model and of the data it learned from, a sentence each; nothing of a model from elsewhere. */
export function cardFindingsOf({ records }: Study, { run, model }: Side): CardFacts['findings'] {
  const ofData = (kind: FindingKind): string | undefined =>
    records.findings
      .list({ kind })
      .filter(({ datasetHash }) => run !== null && datasetHash !== null && datasetHash === run.datasetHash)
      .flatMap((finding) => sentenceOf(finding) ?? [])[0];
  const subjects = [run?.id, model?.seal].filter((each) => each !== undefined);
  const [duel] = subjects.flatMap((subject) => records.findings.list({ kind: 'duel', subject, limit: 1 }));
  const found = {
    validation: ofData('validation'),
    'leak-meter': ofData('leak-meter'),
    shortcuts: ofData('shortcuts'),
    duel: duel === undefined ? undefined : recordedDuel(duel).sentence,
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined));
}

/** undefined for a control with shuffled labels, and for what an older program wrote in another form. */
function sentenceOf({ result }: Finding): string | undefined {
  const read = saidSchema.safeParse(result);
  if (!read.success || (read.data.shuffled ?? null) !== null) return undefined;
  return read.data.sentence;
}

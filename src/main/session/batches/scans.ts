import { byCodePoint } from '../../../pipeline/domain/names.ts';
import { type ScanAnswer, scanAnswers } from '../../batches/scan-votes.ts';
import { ranksOf } from '../../batches/urgency.ts';
import type { Output, Parsed } from '../../ipc/contract.ts';
import type { Batch } from '../../records/batches.ts';
import type { Records } from '../../records/index.ts';

/** Votes of a batch as they were counted last. */
interface Counted {
  readonly batch: string;
  readonly images: number;
  readonly answers: readonly ScanAnswer[];
  readonly atMs: number;
  readonly tookMs: number;
}

/** While rows arrive, counting again may take a tenth of the time at most. */
const rest = 10;

/** Answers for scans, most urgent first. The votes of the batch that is looked at are kept: rows are only ever added. */
export function scanList(nowMs: () => number) {
  let kept: Counted | undefined;

  const votesOf = (records: Records, batch: Batch): readonly ScanAnswer[] => {
    const { answered, review, refused } = records.batchRows.counts(batch.id);
    const images = answered + review + refused;
    if (kept?.batch === batch.id && (kept.images === images || isFresh(kept, batch, nowMs()))) return kept.answers;
    const startedMs = nowMs();
    const answers = [...scanAnswers(records.batchRows.inScanOrder(batch.id), 'metadata')];
    const { urgency } = ranksOf(batch.classes);
    const rank = ({ predicted }: ScanAnswer): number => urgency.classes[predicted] ?? urgency.refused;
    answers.sort((a, b) => rank(a) - rank(b) || a.probability - b.probability || byCodePoint(a.scan, b.scan));
    const atMs = nowMs();
    kept = { batch: batch.id, images, answers, atMs, tookMs: atMs - startedMs };
    return answers;
  };

  return (records: Records, { batch: id, offset, limit }: Parsed<'batches/scans'>): Output<'batches/scans'> => {
    const batch = records.batches.get(id);
    const answers = votesOf(records, batch);
    const counts = new Map(records.batchQueries.scanCounts(id).map((each) => [each.scan, each]));
    const scans = answers.slice(offset, offset + limit).map((answer) => {
      const { review = 0, refused = 0, reviewed = 0 } = counts.get(answer.scan) ?? {};
      const { scan, predicted, probability, images, best: key } = answer;
      return { scan, class: batch.classes[predicted] ?? '', probability, images, review, refused, reviewed, key };
    });
    return { total: answers.length, scans };
  };
}

function isFresh({ atMs, tookMs }: Counted, batch: Batch, now: number): boolean {
  return batch.outcome === 'running' && now - atMs < tookMs * rest;
}

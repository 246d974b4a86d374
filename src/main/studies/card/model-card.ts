import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { calibrationSchema } from '../../../pipeline/domain/calibration.ts';
import type { CardFacts } from '../../../pipeline/domain/card/facts.ts';
import type { CardSheet } from '../../../pipeline/domain/card/report.ts';
import { cardItems, mergedItems } from '../../../pipeline/domain/card/sheet.ts';
import { contractSchema } from '../../../pipeline/domain/contract.ts';
import { contractSteps } from '../../../pipeline/domain/contract-words.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { gateSchema } from '../../../pipeline/domain/gate.ts';
import type { SealedFile } from '../../../pipeline/domain/sealed-model.ts';
import { type Trust, trustSchema } from '../../../pipeline/domain/trust.ts';
import { listModels } from '../../models/store.ts';
import { modelTitle, readModelIdentity } from '../../workspace/model-identity.ts';
import type { Side } from '../duel/sides.ts';
import { readKeptMetrics } from '../kept-files.ts';
import type { Study } from '../study.ts';
import { cardFindingsOf } from './findings.ts';

/**
 * The card of a model as it stands now: what was sealed, what the user says by now, and what was found out since in this
 * workspace. @throws HilumError `model/…`
 */
export async function currentCard(study: Study, side: Side, now: string): Promise<CardSheet> {
  if (side.model === null) throw new HilumError('model/missing', { model: side.name });
  const { folder, seal } = side.model;
  const identity = await readModelIdentity(folder);
  const { card } = identity;
  const facts = await factsOf(study, side, folder, card);
  return {
    ...{ title: modelTitle(identity), seal, at: now, notice: card.notice },
    ...{ trainedOn: card.trained_on, backbone: card.backbone, honesty: card.honesty },
    sealedAt: card.created_at ?? (await keptSince(study, seal)),
    contact: facts.user.contact ?? null,
    classes: card.classes.map((name) => ({ name, ...(card.counts[name] ?? { images: 0, scans: 0, groups: 0 }) })),
    items: mergedItems(card.items ?? [], cardItems(facts)),
  };
}

/** When a model came into the workspace: newer ones do not carry their time of birth. */
async function keptSince({ workspace }: Study, seal: string): Promise<string> {
  const stored = (await listModels(workspace.paths.state)).find(({ id }) => id === seal);
  return stored === undefined || stored.addedAt === '' ? 'not recorded' : stored.addedAt;
}

async function factsOf(
  study: Study,
  side: Side,
  folder: string,
  card: Awaited<ReturnType<typeof readModelIdentity>>['card'],
): Promise<CardFacts> {
  const { paths, config } = study.workspace;
  const contract = await required(folder, 'contract.json', contractSchema);
  return {
    // What the user says of this study is not said of a model from elsewhere.
    user: side.run === null ? {} : (config.card ?? {}),
    trainedOn: card.trained_on,
    backbone: card.backbone,
    classes: card.classes,
    counts: card.counts,
    codeVersion: card.code_version,
    honesty: card.honesty,
    steps: contractSteps(contract),
    training: null,
    calibration: await required(folder, 'calibration.json', calibrationSchema),
    gate: await optional(folder, 'gate.json', gateSchema),
    trust: await trustOf(study, folder, side.model?.seal ?? ''),
    evaluation: side.run === null ? null : await readKeptMetrics(paths.state, side.run.id),
    findings: cardFindingsOf(study, side),
  };
}

/** Of the trust test that is sealed with a model, else of the newest one that was made of it here; null: it was never tested. */
export async function trustOf({ records }: Study, folder: string, seal: string): Promise<Trust | null> {
  const sealed = await optional(folder, 'trust.json', trustSchema);
  if (sealed !== null) return sealed;
  const found = records.findings.list({ kind: 'trust', subject: seal });
  return found.flatMap(({ result }) => trustSchema.safeParse(result).data ?? [])[0] ?? null;
}

async function required<T>(folder: string, file: SealedFile, schema: z.ZodType<T>): Promise<T> {
  const found = await optional(folder, file, schema);
  if (found === null) throw new HilumError('model/not-sealed', { file });
  return found;
}

async function optional<T>(folder: string, file: SealedFile, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
  if (text === undefined) return null;
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new HilumError('model/seal-broken', { file }, { cause: parsed.error });
  return parsed.data;
}

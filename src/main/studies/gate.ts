import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calibrationSchema } from '../../pipeline/domain/calibration.ts';
import type { RecordedDuel } from '../../pipeline/domain/duel.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { failedParts } from '../../pipeline/domain/trust.ts';
import type { WorkContext } from '../jobs/work-context.ts';
import { problemOf } from '../models/inspect.ts';
import { verifyModel } from '../models/verify.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';
import { trustOf } from './card/model-card.ts';
import type { Side } from './duel/sides.ts';
import type { Study } from './study.ts';

export const gateChecks = ['whole', 'honest', 'calibrated', 'trust', 'duel'] as const;
export type GateCheck = (typeof gateChecks)[number];

/** One condition of promotion. */
export interface CheckResult {
  readonly check: GateCheck;
  readonly passed: boolean;
  /** Why, in one sentence. */
  readonly reason: string;
}

export interface GateResult {
  readonly candidate: string;
  readonly champion: string;
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
}

export interface GateOptions {
  /** How much balanced accuracy by scan may be lost at most, 0..1: the low end of the difference's interval must be above its negative. */
  readonly margin: number;
  /** Fights the duel of champion (A) and candidate (B). */
  duel(): Promise<RecordedDuel>;
}

/**
 * Whether a candidate may take the place of a champion. Every check is made, whatever the others say.
 * @throws HilumError `model/missing`; what is no answer to a check (disk, cancelled)
 */
export async function promotionGate(
  study: Study,
  context: WorkContext,
  { candidate, champion }: { readonly candidate: Side; readonly champion: Side },
  options: GateOptions,
): Promise<GateResult> {
  if (candidate.model === null) throw new HilumError('model/missing', { model: candidate.name });
  const { folder, seal } = candidate.model;
  const checks = [
    await whole(context, folder),
    await honest(candidate, folder),
    await calibrated(folder),
    await trusted(study, folder, seal),
    await notWorse(options),
  ];
  const passed = checks.every((each) => each.passed);
  return { candidate: candidate.name, champion: champion.name, passed, checks };
}

async function whole(context: WorkContext, folder: string): Promise<CheckResult> {
  try {
    const { golden } = await verifyModel(context, folder);
    return { check: 'whole', passed: true, reason: `Every hash is right and ${golden} sealed answers agree.` };
  } catch (error) {
    if (error instanceof HilumError && error.code.startsWith('model/'))
      return { check: 'whole', passed: false, reason: problemOf(error) };
    throw error;
  }
}

async function honest({ run }: Side, folder: string): Promise<CheckResult> {
  const { card } = await readModelIdentity(folder);
  const leaky = card.honesty === 'leaky' || run?.leaky === true;
  const reason = leaky
    ? 'Leaky: patients stood on both sides of its split; its figures measure memory, not skill.'
    : 'No patient stood on both sides of its split.';
  return { check: 'honest', passed: !leaky, reason };
}

async function calibrated(folder: string): Promise<CheckResult> {
  const { evidence } = calibrationSchema.parse(JSON.parse(await readFile(join(folder, 'calibration.json'), 'utf8')));
  if (evidence === null)
    return {
      check: 'calibrated',
      passed: false,
      reason: 'Not calibrated: nothing was measured on held-out patient groups.',
    };
  const { before, after, groups } = evidence;
  const figures = `calibration error ${figure(before.ece.value)} before, ${figure(after.ece.value)} after`;
  return { check: 'calibrated', passed: true, reason: `Calibrated on ${groups} held-out patient groups: ${figures}.` };
}

async function trusted(study: Study, folder: string, seal: string): Promise<CheckResult> {
  const trust = await trustOf(study, folder, seal);
  if (trust === null)
    return { check: 'trust', passed: false, reason: 'Its heat maps were never put to the trust test.' };
  const failed = failedParts(trust);
  const reason =
    failed.length === 0
      ? 'Its heat maps passed the trust test.'
      : `Its heat maps were tested and failed (${failed.join(', ')}): none is shown.`;
  return { check: 'trust', passed: true, reason };
}

/** That nothing can be compared is a reason against promotion, not a fault. */
async function notWorse({ margin, duel }: GateOptions): Promise<CheckResult> {
  try {
    const { duel: found, sentence } = await duel();
    const { low } = found.scan.figures.balanced_accuracy.difference;
    if (low === null)
      return { check: 'duel', passed: false, reason: `${sentence} Without an interval nothing can be said.` };
    const limit = `the interval ends at ${low.toFixed(3)}, the limit is -${margin}`;
    return { check: 'duel', passed: low > -margin, reason: `${sentence} Its low end: ${limit}.` };
  } catch (error) {
    if (error instanceof HilumError && (error.code.startsWith('duel/') || error.code === 'run/no-predictions'))
      return { check: 'duel', passed: false, reason: error.sentence };
    throw error;
  }
}

function figure(value: number | null): string {
  return value === null ? 'not defined' : value.toFixed(3);
}

import { z } from 'zod';
import { estimateSchema } from '../../../pipeline/domain/metrics.ts';
import { paramsSchema } from '../../../pipeline/domain/params.ts';
import { mostCandidates, sweepObjectives, sweepSchema } from '../../../pipeline/domain/sweep.ts';
import { call, idSchema, nothing } from './call.ts';

const changesSchema = z.record(z.string(), z.unknown());

export const candidateSchema = z.object({
  /** From 1. */
  number: z.int(),
  /** Dotted key of params.yaml → value. */
  changes: changesSchema,
  /** Null before it was trained. */
  run: z.string().nullable(),
  state: z.enum(['waiting', 'in the race', 'stopped early', 'failed', 'trained to the end']),
  /** Rungs that it was measured at. */
  rungs: z.int(),
  epochs: z.int(),
  bestEpoch: z.int(),
  /** What it is ranked by. */
  objective: estimateSchema.nullable(),
  balancedAccuracy: estimateSchema.nullable(),
  scanBalancedAccuracy: estimateSchema.nullable(),
  logLoss: estimateSchema.nullable(),
});
export type SweepCandidate = z.infer<typeof candidateSchema>;

const rungSchema = z.object({ share: z.number(), candidates: z.int() });

export const sweepViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  madeAt: z.string(),
  objective: z.enum(sweepObjectives),
  protocol: z.enum(['holdout', 'cross-validated']),
  rungs: z.array(rungSchema),
  /** The rung in work, from 1. */
  rung: z.int(),
  finished: z.boolean(),
  /** Best first. */
  candidates: z.array(candidateSchema),
  /** Number of the best candidate once all is done. */
  winner: z.int().nullable(),
  /** What must be known before the figures are believed. */
  honesty: z.string(),
});
export type Sweep = z.infer<typeof sweepViewSchema>;

const asked = { definition: sweepSchema, params: paramsSchema };

export const sweepCalls = {
  /** Who would compete, how far each rung goes, and what all of it would cost. @throws `sweep/too-many`, `dataset/missing` */
  'sweeps/plan': call(
    z.strictObject(asked),
    z.object({
      candidates: z.array(changesSchema).max(mostCandidates),
      rungs: z.array(rungSchema),
      seconds: z.object({ low: z.number(), high: z.number() }),
      /** What the estimate rests on. */
      basis: z.string(),
    }),
  ),
  /** Queues a sweep: params.yaml is set to these parameters when its turn comes. @throws `dataset/missing` */
  'sweeps/start': call(z.strictObject({ ...asked, allowLeak: z.boolean() }), z.object({ job: z.string() })),
  /** Goes on with a sweep that was stopped; what was measured is not trained again. @throws `finding/unknown`, `run/running` */
  'sweeps/resume': call(z.strictObject({ sweep: idSchema }), z.object({ job: z.string() })),
  /** Newest first. */
  'sweeps/list': call(
    nothing,
    z.object({ sweeps: z.array(z.object({ id: z.string(), name: z.string(), madeAt: z.string() })) }),
  ),
  /** @throws `finding/unknown` */
  'sweeps/get': call(z.strictObject({ sweep: idSchema }), z.object({ sweep: sweepViewSchema })),
};

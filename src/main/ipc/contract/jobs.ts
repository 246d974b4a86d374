import { z } from 'zod';
import { errorCode, factsSchema } from '../../../pipeline/protocol.ts';
import { call, done, idSchema, nothing } from './call.ts';

export const jobKinds = [
  'classify',
  'ingest',
  'split',
  'study',
  'demo',
  'demo-study',
  'sweep',
  'validate',
  'leak-meter',
  'shortcuts',
  'suspects',
  'verify-run',
  'mlflow-sync',
  'import-network',
  'data-push',
  'data-pull',
] as const;
export const jobStates = ['queued', 'running', 'cancelling', 'completed', 'cancelled', 'failed'] as const;

export const errorSchema = z.object({ code: errorCode, facts: factsSchema });

/** A piece of work in the queue; one runs at a time. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  /** For people: `Classify: incoming`, `Train: dropout 0.4`. */
  title: z.string(),
  state: z.enum(jobStates),
  /** Batch or run that it works on, once that is known. */
  subject: z.string().nullable(),
  progress: z
    .object({
      step: z.string(),
      done: z.number(),
      total: z.number(),
      /** Whole job, 0..1. */
      fraction: z.number(),
      /** Files or images a second over the last seconds; null where nothing is counted. */
      perSecond: z.number().nullable(),
      remainingMs: z.number().nullable(),
    })
    .nullable(),
  queuedAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Why it failed. */
  error: errorSchema.nullable(),
  /** It can go on where it stopped. */
  resumable: z.boolean(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobCalls = {
  /** Queued and running ones first, then the ended ones of this session, newest first. */
  'jobs/list': call(nothing, z.object({ jobs: z.array(jobSchema) })),
  /** Stops a job at its next safe point; what is finished is kept. A queued one is taken out. Twice is once. */
  'jobs/cancel': call(z.strictObject({ job: idSchema }), done),
  /** Takes an ended job off the list. */
  'jobs/dismiss': call(z.strictObject({ job: idSchema }), done),
};

import { z } from 'zod';
import { remoteStatuses } from '../../records/tracking-links.ts';

/** Forms of MLflow's answers, as far as they are used (REST 2.0). Protobuf leaves out what is empty or 0. */

/** NaN and infinities are text in MLflow's JSON. */
const numberSchema = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .transform((value) => Number(value));
/** 64-bit numbers may be text. */
const wholeSchema = z.union([z.int(), z.string().regex(/^-?\d{1,15}$/)]).transform(Number);

export const pointSchema = z.object({
  key: z.string(),
  value: numberSchema.default(0),
  timestamp: wholeSchema.default(0),
  step: wholeSchema.default(0),
});
export type RemotePoint = z.infer<typeof pointSchema>;

const pairsSchema = z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]);

export const remoteRunSchema = z.object({
  info: z.object({
    run_id: z.string().regex(/^[\w-]{1,64}$/),
    run_name: z.string().default(''),
    experiment_id: z.string(),
    status: z.enum([...remoteStatuses, 'SCHEDULED']).catch('RUNNING'),
    start_time: wholeSchema.optional(),
    end_time: wholeSchema.optional(),
    artifact_uri: z.string().default(''),
    lifecycle_stage: z.enum(['active', 'deleted']).catch('active'),
  }),
  data: z.object({ metrics: z.array(pointSchema).default([]), params: pairsSchema, tags: pairsSchema }).prefault({}),
});
export type RemoteRun = z.infer<typeof remoteRunSchema>;

export const oneRunSchema = z.object({ run: remoteRunSchema });
export const runsSchema = z.object({
  runs: z.array(remoteRunSchema).default([]),
  next_page_token: z.string().optional(),
});
export const historySchema = z.object({
  metrics: z.array(pointSchema).default([]),
  next_page_token: z.string().optional(),
});
const experimentSchema = z.object({
  experiment_id: z.string(),
  name: z.string(),
  lifecycle_stage: z.enum(['active', 'deleted']).catch('active'),
});
export type RemoteExperiment = z.infer<typeof experimentSchema>;
export const oneExperimentSchema = z.object({ experiment: experimentSchema });
export const experimentsSchema = z.object({
  experiments: z.array(experimentSchema).default([]),
  next_page_token: z.string().optional(),
});
export const newExperimentSchema = z.object({ experiment_id: z.string() });
export const modelVersionsSchema = z.object({
  model_versions: z.array(z.object({ version: z.coerce.string(), tags: pairsSchema })).default([]),
  next_page_token: z.string().optional(),
});
export const newModelVersionSchema = z.object({ model_version: z.object({ version: z.coerce.string() }) });
export const aliasesSchema = z.object({
  registered_model: z.object({
    aliases: z.array(z.object({ alias: z.string(), version: z.coerce.string() })).default([]),
  }),
});
export const nothingSchema = z.looseObject({});

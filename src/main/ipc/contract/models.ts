import { z } from 'zod';
import { evidenceSchema } from '../../../pipeline/domain/calibration.ts';
import { contractSchema } from '../../../pipeline/domain/contract.ts';
import { gateSchema } from '../../../pipeline/domain/gate.ts';
import { modelAliases } from '../../../pipeline/domain/registry.ts';
import { cardSchema, honesties } from '../../../pipeline/domain/sealed-model.ts';
import { signatureStateSchema } from '../../../pipeline/domain/signature.ts';
import { call, done, idSchema, nothing, pathSchema } from './call.ts';

export const modelOrigins = ['bundled', 'trained', 'imported'] as const;

export const modelSchema = z.object({
  /** Root hash of its seal: the same model is listed once. */
  id: z.string(),
  title: z.string(),
  origin: z.enum(modelOrigins),
  classes: z.array(z.string()),
  trainedOn: z.string(),
  synthetic: z.boolean(),
  honesty: z.enum(honesties),
  createdAt: z.string(),
  /** Run that made it, when the records know it. */
  run: z.string().nullable(),
  isDefault: z.boolean(),
  /** Number in the registry; null: it has none. */
  version: z.int().nullable(),
  /** Where it stands now, with the reason where a gate was overridden. */
  aliases: z.array(z.object({ alias: z.enum(modelAliases), override: z.string().nullable() })),
  tags: z.array(z.string()),
  bytes: z.int(),
  /** Of held-out images: share that it answers, and share of these answers that is right; null when it was not measured. */
  answering: z.object({ coverage: z.number(), accuracy: z.number().nullable() }).nullable(),
  /** Who stands for it; null when not even its seal can be read. */
  signature: signatureStateSchema.nullable(),
  /** Why it cannot be used; null when nothing speaks against it. */
  problem: z.string().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

export const modelCalls = {
  'models/list': call(nothing, z.object({ models: z.array(modelSchema) })),
  'models/get': call(
    z.strictObject({ model: idSchema }),
    z.object({
      model: modelSchema,
      card: cardSchema,
      contract: contractSchema,
      /** The contract in words, in the order it is applied. */
      steps: z.array(z.string()),
      temperature: z.number(),
      reviewBelow: z.number(),
      /** What threshold and temperature rest on; null when nothing was fitted. */
      evidence: evidenceSchema.nullable(),
      /** Null: it refuses nothing for its looks. */
      gate: gateSchema.pick({ limit: true, refusals: true, evidence: true }).nullable(),
      files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
    }),
  ),
  /** Checks every hash and runs the golden self-test in a worker. A failure is an answer here. */
  'models/verify': call(
    z.strictObject({ model: idSchema }),
    z.object({ ok: z.boolean(), golden: z.int(), elapsedMs: z.number(), problem: z.string().nullable() }),
  ),
  /** Copies a sealed model in, after its hashes and self-test are good. */
  'models/import': call(z.strictObject({ folder: pathSchema }), z.object({ model: z.string() })),
  'models/set-default': call(z.strictObject({ model: idSchema }), done),
  /** Only imported and trained ones; the bundled one stays. */
  'models/delete': call(z.strictObject({ model: idSchema }), z.object({ bytes: z.int() })),
};

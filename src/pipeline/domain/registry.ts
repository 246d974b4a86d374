import { z } from 'zod';

/** Names that stand at one version of the registry each, and are moved by promotions. */
export const modelAliases = ['champion', 'challenger'] as const;
export type ModelAlias = (typeof modelAliases)[number];

export function isModelAlias(word: string): word is ModelAlias {
  return modelAliases.some((alias) => alias === word);
}

/** Number of a version as people write it: `v3` is 3. */
export function versionWritten(word: string): number | undefined {
  const digits = /^v([1-9]\d{0,8})$/.exec(word)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const versionName = (version: number): string => `v${version}`;

/** Conditions of promotion, in the order in which they are told. */
export const gateNames = [
  'whole',
  'honest',
  'self_test',
  'calibrated',
  'trust',
  'sensitivity',
  'duel',
  'signature',
] as const;
export type GateName = (typeof gateNames)[number];

export const gateTitles: Readonly<Record<GateName, string>> = {
  whole: 'Every byte as sealed',
  honest: 'No leak stamp',
  self_test: 'Golden self-test',
  calibrated: 'Calibrated',
  trust: 'Heat maps tested',
  sensitivity: 'Minimum sensitivity',
  duel: 'Not worse than the champion',
  signature: 'Signed',
};

const figureSchema = z.union([z.number(), z.string(), z.null()]);

/** One condition, and what was found; figures are there whether it passed or not. */
export const gateCheckSchema = z.object({
  check: z.enum(gateNames),
  passed: z.boolean(),
  /** False: told for information, the policy does not ask for it. */
  required: z.boolean(),
  /** False: no override helps where it fails. */
  overridable: z.boolean(),
  /** Why, in full sentences. */
  reason: z.string(),
  /** The numbers behind it. */
  figures: z.record(z.string(), figureSchema),
});
export type GateCheck = z.infer<typeof gateCheckSchema>;

/** Required conditions that do not hold. */
export function failedGates(checks: readonly GateCheck[]): readonly GateCheck[] {
  return checks.filter(({ passed, required }) => required && !passed);
}

const share = z.number().min(0).max(1);

const gates = z.strictObject({
  honest: z.boolean().default(true).describe('No patient stood on both sides of the split.'),
  self_test: z.boolean().default(true).describe('The sealed answers to synthetic images are given again.'),
  calibrated: z.boolean().default(true).describe('Probabilities were measured on held-out patient groups.'),
  trust: z.boolean().default(true).describe('The heat maps were put to the trust test, whatever it said.'),
  min_sensitivity: z
    .union([share, z.record(z.string().min(1), share)])
    .optional()
    .describe('Sensitivity by scan that each class must reach: one number, or one a class. Left out: none.'),
  lower_bound: z
    .boolean()
    .default(true)
    .describe('The low end of the 95 % interval must reach the minimum too, not the value alone.'),
  duel: z.boolean().default(true).describe('Won or drawn against the present champion.'),
  margin: share
    .default(0.05)
    .describe('Drawn: the balanced accuracy by scan that may be lost, by the low end of its interval, is below this.'),
});

/** config.yaml, `registry:`: what a model must show before it may be champion. */
export const registryPolicySchema = z.strictObject({
  gates: gates.prefault({}).describe('Conditions of promotion to champion.'),
  require_signature: z
    .boolean()
    .default(false)
    .describe(
      'Only models signed with a key that is trusted here are classified with, explained, imported or become champion; those trained here too.',
    ),
});
export type RegistryPolicy = z.infer<typeof registryPolicySchema>;

export const deeds = ['promote', 'rollback', 'clear'] as const;
export type Deed = (typeof deeds)[number];

/** One move of an alias, as it stays for ever. */
export const promotionSchema = z.object({
  seq: z.int(),
  at: z.string(),
  alias: z.enum(modelAliases),
  /** Where the alias stands from then on; null: at none. */
  version: z.int().nullable(),
  /** Where it stood before. */
  previous: z.int().nullable(),
  deed: z.enum(deeds),
  gates: z.array(gateCheckSchema),
  /** Why a failed gate was overridden; null: none was. */
  override: z.string().nullable(),
  /** Who did it. */
  reader: z.string(),
});
export type Promotion = z.infer<typeof promotionSchema>;

import { z } from 'zod';
import { sentArtefacts } from '../../../pipeline/domain/tracking.ts';
import { call, done, nothing } from './call.ts';
import { errorSchema } from './jobs.ts';

export const secretSources = ['environment', 'keychain', 'none'] as const;

const trackingShape = {
  /** As config.yaml has it; null: not set there. */
  uri: z.string().trim().min(1).max(2000).nullable(),
  experiment: z.string().trim().min(1).max(200).nullable(),
  /** null: only when the environment names a server. */
  live: z.boolean().nullable(),
  artefacts: z.enum(sentArtefacts),
};

export const trackingCalls = {
  'tracking/get': call(
    nothing,
    z.object({
      written: z.object(trackingShape),
      /** What counts: the environment wins over config.yaml. null: no server, or an address that cannot be used. */
      server: z.string().nullable(),
      from: z.enum(['environment', 'config.yaml']).nullable(),
      /** Why the address cannot be used. */
      problem: errorSchema.nullable(),
      experiment: z.string(),
      live: z.boolean(),
      /** Where a token comes from; the token itself never leaves the core. */
      secret: z.enum(secretSources),
      /** Why no token can be kept here; null: it can. */
      keychainProblem: z.string().nullable(),
      /** ISO 8601; null: nothing was sent yet. */
      lastSent: z.string().nullable(),
      /** Runs of which the server does not have everything; null without a server. */
      waiting: z.int().nullable(),
    }),
  ),
  /** @throws `tracking/bad-address`, `tracking/secret-in-address`, `config/…` */
  'tracking/save': call(z.strictObject(trackingShape), done),
  /** Makes nothing on the server. @throws `tracking/…` */
  'tracking/test': call(
    nothing,
    z.object({
      server: z.string(),
      version: z.string(),
      secret: z.enum(secretSources),
      experiment: z.string(),
      isThere: z.boolean(),
    }),
  ),
  /** Sends what the server does not have yet. @throws `tracking/no-address` */
  'tracking/sync': call(nothing, z.object({ job: z.string() })),
  /** Keeps a token in the keychain; null takes it out. @throws `keychain/unavailable`, `tracking/no-address` */
  'tracking/token': call(z.strictObject({ token: z.string().trim().min(1).max(8192).nullable() }), done),
};

import { z } from 'zod';
import { call, countsSchema, idSchema, nothing, pageShape } from './call.ts';

const reasons = ['ingest', 'relabel', 'regroup', 'checkout', 'pull', 'found'] as const;
export const changeKinds = ['added', 'removed', 'moved', 'replaced', 'relabelled', 'regrouped', 'rescanned'] as const;

const changesSchema = z.record(z.enum(changeKinds), z.int());

export const dataVersionSchema = z.object({
  version: z.int(),
  hash: z.string(),
  madeAt: z.string(),
  reason: z.enum(reasons),
  /** The version that a checkout put back. */
  restored: z.int().nullable(),
  counts: countsSchema,
  /** Against the one before it; null: the first, or not known. */
  changes: changesSchema.nullable(),
  isCurrent: z.boolean(),
  /** It can be put back without a remote. */
  inCache: z.boolean(),
  runs: z.array(z.object({ id: z.string(), name: z.string() })),
  commits: z.array(z.object({ commit: z.string(), at: z.string(), subject: z.string() })),
  /** Stages that were run with another dataset than this. */
  stale: z.array(z.string()),
});
export type DataVersionRow = z.infer<typeof dataVersionSchema>;

const remoteSchema = z.object({ name: z.string(), url: z.string(), isDefault: z.boolean() });
/** Null: the default one. */
const remoteChoice = z.strictObject({ remote: idSchema.nullable() });
/** A number, or `current`. */
const versionName = z.string().min(1).max(200);

export const dataCalls = {
  /** Versions of the dataset, newest first. */
  'data/versions': call(
    nothing,
    z.object({
      versions: z.array(dataVersionSchema),
      /** What is on the disk is none of them. */
      unrecorded: z.boolean(),
    }),
  ),
  /** What turns A into B; `kind` narrows the rows, never the counts. */
  'data/diff': call(
    z.strictObject({ a: versionName, b: versionName, kind: z.enum(changeKinds).nullable(), ...pageShape }),
    z.object({
      counts: changesSchema,
      total: z.int(),
      rows: z.array(z.object({ change: z.enum(changeKinds), image: z.string(), from: z.string(), to: z.string() })),
    }),
  ),
  /** Puts a version back; what is there is recorded first. */
  'data/checkout': call(
    z.strictObject({ version: z.int().min(1) }),
    z.object({
      /** Null: it was there already. */
      version: z.int().nullable(),
      saved: z.int().nullable(),
      stale: z.array(z.string()),
      /** Images of it that the source does not have any more, or has with other content. */
      source: z.object({ kind: z.enum(['folder', 'packed', 'absent']), missing: z.int(), changed: z.int() }),
    }),
  ),
  /** Remotes of .dvc/config; with `check` the default one is asked what it lacks. */
  'data/remote': call(
    z.strictObject({ check: z.boolean() }),
    z.object({
      remotes: z.array(remoteSchema),
      state: z.object({ remote: z.string(), objects: z.int(), unpushed: z.int() }).nullable(),
    }),
  ),
  'data/push': call(remoteChoice, z.object({ job: z.string() })),
  'data/pull': call(remoteChoice, z.object({ job: z.string() })),
};

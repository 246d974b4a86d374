import { z } from 'zod';
import { canonicalJson, sha256 } from '../../../pipeline/disk/hash.ts';
import { byCodePoint } from '../../../pipeline/domain/names.ts';
import { outcomes } from '../../../pipeline/domain/outcome.ts';
import { sealedFiles, sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { signatureFile } from '../../../pipeline/domain/signature.ts';
import { recordedEpochSchema } from '../../../pipeline/protocol.ts';
import { runKinds } from '../../records/runs.ts';
import { keptNames } from '../../studies/kept.ts';

/** Newest format of a bundle that this program reads, and the one it writes. */
export const bundleVersion = 1;
/** Lies beside runs/ and models/ in the zip. */
export const bundleFile = 'bundle.json';
export const recordFile = 'record.json';
/** Files of a run besides its record, named as they are kept. */
export const runFiles = [keptNames.metrics, keptNames.predictions, keptNames.training] as const;
export type RunFile = (typeof runFiles)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Also the name of its folder: nothing else can stand in a path that is made of it. */
const runId = z.string().regex(/^[\w-]{1,100}$/);

const entrySchema = z.strictObject({ path: z.string(), sha256: hash, bytes: z.int().min(0) });
/** One file of a bundle. */
export type BundleEntry = z.infer<typeof entrySchema>;

/** File, image, scan and patient names: as they are, or replaced by names that mean nothing but stay the same. */
export const namings = ['kept', 'replaced'] as const;
export type Naming = (typeof namings)[number];

export const bundleSchema = z.strictObject({
  format: z.literal('hilum-run-bundle'),
  version: z.literal(bundleVersion),
  /** `rootOf` everything below but program and time. */
  root: hash,
  names: z.enum(namings),
  entries: z.array(entrySchema).min(1),
  program: z.string().max(100),
  /** ISO 8601, UTC. */
  made_at: z.string().max(40),
  notice: z.string().max(200),
});
export type Bundle = z.infer<typeof bundleSchema>;

/** What any version has: enough to say that it is newer. */
export const bundleHeadSchema = z.looseObject({ format: z.literal('hilum-run-bundle'), version: z.int() });

/** Hash of the tree: the same runs give the same root, whoever writes them and when. */
export function rootOf(names: Naming, entries: readonly BundleEntry[]): string {
  const list = [...entries].sort((a, b) => byCodePoint(a.path, b.path));
  return sha256(canonicalJson({ format: 'hilum-run-bundle', version: bundleVersion, names, entries: list }));
}

const json = z.record(z.string(), z.unknown());
const figure = z.number().nullable();
const shortHash = z.string().max(100).nullable();

const epochSchema = z.strictObject({
  fold: z.int().min(0),
  metrics: recordedEpochSchema,
  /** Of a run from a tracking server: figures under names that are none of ours. */
  others: z.record(z.string().max(500), figure).optional(),
});

/** runs/<id>/record.json: what the records hold of a run. */
export const recordSchema = z.strictObject({
  id: runId,
  kind: z.enum(runKinds),
  name: z.string().max(1000),
  started_at: z.iso.datetime(),
  ended_at: z.iso.datetime().nullable(),
  outcome: z.enum(outcomes),
  leaky: z.boolean(),
  params: json,
  environment: json,
  dataset_hash: shortHash,
  split_hash: shortHash,
  contract_hash: shortHash,
  backbone_hash: shortHash,
  data_version: shortHash,
  code_version: z.string().max(100),
  notes: z.string().max(100_000),
  parent: z.string().max(200).nullable(),
  /** Seal of the model that it made. */
  model: hash.nullable(),
  tags: z.array(z.string().max(200)).max(1000),
  epochs: z.array(epochSchema).max(1_000_000),
  metrics: z.record(z.string().max(500), z.strictObject({ value: figure, low: figure, high: figure })),
  artefacts: z.array(z.strictObject({ path: z.string().max(4096), sha256: hash, bytes: z.int().min(0) })).max(100_000),
});
export type BundledRecord = z.infer<typeof recordSchema>;

/** Where an entry of a bundle belongs. */
export type Place =
  | { readonly of: 'run'; readonly run: string; readonly file: RunFile | typeof recordFile }
  | { readonly of: 'model'; readonly seal: string; readonly file: string };

const runPath = /^runs\/([\w-]{1,100})\/([\w.-]+)$/;
const modelPath = /^models\/([0-9a-f]{64})\/([\w.-]+)$/;

/** undefined: no file that a bundle may have. */
export function placeOf(path: string): Place | undefined {
  const [, run, file] = runPath.exec(path) ?? [];
  const named = [recordFile, ...runFiles].find((each) => each === file);
  if (run !== undefined && named !== undefined) return { of: 'run', run, file: runFileOf(named) };
  const [, seal, sealed] = modelPath.exec(path) ?? [];
  const ofModel = [sealFile, signatureFile, ...sealedFiles].find((each) => each === sealed);
  return seal === undefined || ofModel === undefined ? undefined : { of: 'model', seal, file: ofModel };
}

function runFileOf(name: string): RunFile | typeof recordFile {
  return runFiles.find((each) => each === name) ?? recordFile;
}

export const runEntry = (run: string, file: string): string => `runs/${run}/${file}`;
export const modelEntry = (seal: string, file: string): string => `models/${seal}/${file}`;

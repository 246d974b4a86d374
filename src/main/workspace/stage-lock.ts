import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';
import type { ContentHash, Hasher } from './hashes.ts';
import { workspaceNames } from './names.ts';
import { type PipelineStage, valueAt } from './pipeline-file.ts';
import { parseYaml, parseYamlValue } from './yaml-file.ts';

const entrySchema = z.looseObject({ path: z.string(), hash: z.string().optional(), md5: z.string().optional() });

const stageSchema = z.looseObject({
  cmd: z.string(),
  deps: z.array(entrySchema).optional(),
  params: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  outs: z.array(entrySchema).optional(),
});
export type LockedStage = z.infer<typeof stageSchema>;
export type LockedPaths = z.infer<typeof entrySchema>[];
export type LockedParams = Record<string, Record<string, unknown>>;

const lockSchema = z.looseObject({
  schema: z.string().default('2.0'),
  stages: z.record(z.string(), stageSchema).default({}),
});

/** dvc.lock: what each stage was last run with. An absent file is an empty lock. @throws HilumError `config/…` */
export async function readStageLock(root: string): Promise<Readonly<Record<string, LockedStage>>> {
  return (await readLock(root)).stages;
}

async function readLock(root: string): Promise<z.infer<typeof lockSchema>> {
  try {
    return parseYaml(await readFile(join(root, workspaceNames.lock), 'utf8'), workspaceNames.lock, lockSchema);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { schema: '2.0', stages: {} };
    throw error;
  }
}

/** What a stage reads, taken before it runs: a file that changes while it runs then shows as changed. */
export interface StageInputs {
  readonly deps: LockedPaths;
  readonly params: LockedParams;
}

export async function readStageInputs(root: string, stage: PipelineStage, hasher: Hasher): Promise<StageInputs> {
  return { deps: await entriesOf(root, stage.deps, hasher), params: await readStageParams(root, stage) };
}

/** Notes in dvc.lock that a stage ran with these inputs and made the outputs that are there now. */
export async function lockStage(
  root: string,
  stage: PipelineStage,
  ran: StageInputs & { readonly cmd: string },
  hasher: Hasher,
): Promise<void> {
  const lock = await readLock(root);
  const locked = {
    cmd: ran.cmd,
    ...(ran.deps.length > 0 ? { deps: ran.deps } : {}),
    ...(Object.keys(ran.params).length > 0 ? { params: ran.params } : {}),
    outs: await entriesOf(root, stage.outs, hasher),
  };
  const text = stringify(
    { ...lock, stages: { ...lock.stages, [stage.name]: locked } },
    { indentSeq: false, lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false },
  );
  await writeFileAtomic(join(root, workspaceNames.lock), text);
}

/** Values of the stage's parameters as they stand in the files; a key that is not there is left out. */
export async function readStageParams(root: string, stage: PipelineStage): Promise<LockedParams> {
  const params: LockedParams = {};
  for (const [file, keys] of stage.params) {
    const values = parseYamlValue(await readFile(join(root, file), 'utf8').catch(() => ''), file);
    const found = keys.map((key) => [key, valueAt(values, key)] as const).filter(([, value]) => value !== undefined);
    params[file] = Object.fromEntries(found);
  }
  return params;
}

async function entriesOf(root: string, paths: readonly string[], hasher: Hasher): Promise<LockedPaths> {
  const entries: LockedPaths = [];
  for (const path of paths) {
    const content = await hasher.hash(absolute(root, path));
    if (content !== undefined) entries.push(lockEntry(path, content));
  }
  return entries;
}

function lockEntry(path: string, { md5, size, files }: ContentHash) {
  return { path, hash: 'md5', md5, size, ...(files === undefined ? {} : { nfiles: files }) };
}

export function absolute(root: string, path: string): string {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) ? path : join(root, path);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, isMap, parseDocument, YAMLMap } from 'yaml';
import { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { errnoOf } from '../../pipeline/domain/errors.ts';
import { codeFileText } from './code-file.ts';
import type { ContentHash, Hasher } from './hashes.ts';
import { lockYaml } from './lock-yaml.ts';
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
  return parseLock(await lockTextOf(root)).stages;
}

async function lockTextOf(root: string): Promise<string> {
  try {
    return await readFile(join(root, workspaceNames.lock), 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function parseLock(text: string): z.infer<typeof lockSchema> {
  return parseYaml(text, workspaceNames.lock, lockSchema);
}

/** What a stage reads, taken before it runs: a file that changes while it runs then shows as changed. */
export interface StageInputs {
  readonly deps: LockedPaths;
  /** Parameter file → its text. */
  readonly paramTexts: ReadonlyMap<string, string>;
}

export async function readStageInputs(root: string, stage: PipelineStage, hasher: Hasher): Promise<StageInputs> {
  const paramTexts = new Map<string, string>();
  for (const file of stage.params.keys())
    paramTexts.set(file, await readFile(join(root, file), 'utf8').catch(() => ''));
  return { deps: await entriesOf(root, stage.deps, hasher), paramTexts };
}

/** Notes in dvc.lock that a stage ran with these inputs and made these outputs, in the bytes that DVC would write. */
export async function lockStage(
  root: string,
  stage: PipelineStage,
  ran: StageInputs & { readonly cmd: string; readonly outs: LockedPaths },
): Promise<void> {
  const before = await lockTextOf(root);
  parseLock(before);
  const document = before.trim() === '' ? new Document({ schema: '2.0', stages: {} }) : parseDocument(before);
  if (!isMap(document.get('stages'))) document.set('stages', document.createNode({}));
  document.setIn(['stages', stage.name], lockedNode(document, stage, ran));
  const text = lockYaml(document);
  if (text !== before) await writeFileAtomic(join(root, workspaceNames.lock), text);
}

function lockedNode(
  document: Document,
  stage: PipelineStage,
  { cmd, deps, outs, paramTexts }: StageInputs & { readonly cmd: string; readonly outs: LockedPaths },
): YAMLMap {
  const params = new YAMLMap();
  for (const [file, keys] of stage.params) params.set(file, paramNodes(paramTexts.get(file) ?? '', keys));
  const locked = new YAMLMap();
  locked.set('cmd', document.createNode(cmd));
  if (deps.length > 0) locked.set('deps', document.createNode(deps));
  if (stage.params.size > 0) locked.set('params', params);
  if (outs.length > 0) locked.set('outs', document.createNode(outs));
  return locked;
}

/** Nodes rather than values: they know whether a number was written as a fraction. A key that is not there is left out. */
function paramNodes(text: string, keys: readonly string[]): YAMLMap {
  const written = parseDocument(text);
  const nodes = new YAMLMap();
  for (const key of keys) {
    const node = written.getIn(key.split('.'), true);
    if (node !== undefined) nodes.set(key, node);
  }
  return nodes;
}

/**
 * Values of the stage's parameters as they stand in the files; a key that is not there is left out. Of the code versions
 * those of this program count: they are in the file when it next runs a stage.
 * @param given values that are not in their file yet, by file
 */
export async function readStageParams(
  root: string,
  stage: PipelineStage,
  given: ReadonlyMap<string, unknown> = new Map(),
): Promise<LockedParams> {
  const params: LockedParams = {};
  for (const [file, keys] of stage.params) {
    const values = given.get(file) ?? parseYamlValue(await paramText(root, file), file);
    const found = keys.map((key) => [key, valueAt(values, key)] as const).filter(([, value]) => value !== undefined);
    params[file] = Object.fromEntries(found);
  }
  return params;
}

async function paramText(root: string, file: string): Promise<string> {
  if (file === workspaceNames.code) return codeFileText();
  return readFile(join(root, file), 'utf8').catch(() => '');
}

/** Entries of dvc.lock for what is there now. */
export async function entriesOf(root: string, paths: readonly string[], hasher: Hasher): Promise<LockedPaths> {
  const entries: LockedPaths = [];
  for (const path of paths) {
    const content = await hasher.hash(absolute(root, path));
    if (content !== undefined) entries.push(lockEntry(path, content));
  }
  return entries;
}

export function lockEntry(path: string, { md5, size, files, isexec }: ContentHash): LockedPaths[number] {
  return {
    path,
    hash: 'md5',
    md5,
    size,
    ...(files === undefined ? {} : { nfiles: files }),
    ...(isexec === undefined ? {} : { isexec }),
  };
}

export function absolute(root: string, path: string): string {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) ? path : join(root, path);
}

import { canonicalJson } from '../../pipeline/disk/hash.ts';
import type { StageChange, StageStatus } from '../../pipeline/domain/stage-change.ts';
import type { Hasher } from './hashes.ts';
import { workspaceNames } from './names.ts';
import { feeds, type PipelineStage } from './pipeline-file.ts';
import { absolute, type LockedParams, type LockedPaths, type LockedStage, readStageParams } from './stage-lock.ts';

/** Compares every stage with dvc.lock; stages in the order they run. */
export async function pipelineStatus(
  root: string,
  stages: readonly PipelineStage[],
  lock: Readonly<Record<string, LockedStage>>,
  hasher: Hasher,
  given?: ReadonlyMap<string, unknown>,
): Promise<StageStatus[]> {
  const result: StageStatus[] = [];
  for (const stage of stages) {
    const own = await stageChanges(root, stage, lock[stage.name], hasher, given);
    const maker = stages.find((other) => feeds(other, stage) && result.some((each) => isStale(each, other.name)));
    const upstream: StageChange[] =
      maker === undefined ? [] : [{ kind: 'upstream', what: maker.name, old: null, new: null }];
    const changes = own.length > 0 ? own : upstream;
    result.push({ name: stage.name, change: changes[0] ?? null, changes });
  }
  return result;
}

function isStale(status: StageStatus, name: string): boolean {
  return status.name === name && status.change !== null;
}

/** The first difference of one stage; null: none. */
export async function stageChange(
  root: string,
  stage: PipelineStage,
  locked: LockedStage | undefined,
  hasher: Hasher,
): Promise<StageChange | null> {
  return (await stageChanges(root, stage, locked, hasher))[0] ?? null;
}

/**
 * What differs, all of the first kind that does: command, code, parameters, dependencies, outputs. As in DVC, what the lock
 * knows and dvc.yaml no longer names does not count.
 * @param given as in `readStageParams`
 */
export async function stageChanges(
  root: string,
  stage: PipelineStage,
  locked: LockedStage | undefined,
  hasher: Hasher,
  given?: ReadonlyMap<string, unknown>,
): Promise<StageChange[]> {
  if (locked === undefined) return [{ kind: 'never-run', what: stage.name, old: null, new: null }];
  if (locked.cmd !== stage.cmd) return [{ kind: 'command', what: 'cmd', old: locked.cmd, new: stage.cmd }];
  const parameters = parameterChanges(stage, await readStageParams(root, stage, given), locked.params ?? {});
  const code = parameters.filter(({ kind }) => kind === 'code');
  if (parameters.length > 0) return code.length > 0 ? code : parameters;
  const dependencies = await pathChanges(root, 'dependency', stage.deps, locked.deps ?? [], hasher);
  if (dependencies.length > 0) return dependencies;
  return pathChanges(root, 'output', stage.outs, locked.outs ?? [], hasher);
}

function parameterChanges(stage: PipelineStage, now: LockedParams, before: LockedParams): StageChange[] {
  return [...stage.params].flatMap(([file, keys]) =>
    keys.flatMap((key) =>
      differences(before[file]?.[key], now[file]?.[key], key).map((each): StageChange => {
        if (file !== workspaceNames.code) return { kind: 'parameter', ...each };
        return { kind: 'code', ...each, what: each.what.replace(/^stages\./, '') };
      }),
    ),
  );
}

/** Leaves that differ, by dotted key. */
function differences(before: unknown, now: unknown, key: string): Omit<StageChange, 'kind'>[] {
  if (isGroup(before) && isGroup(now)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return names.flatMap((name) => differences(before[name], now[name], `${key}.${name}`));
  }
  if (textOf(before) === textOf(now)) return [];
  return [{ what: key, old: textOf(before), new: textOf(now) }];
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : canonicalJson(value);
}

async function pathChanges(
  root: string,
  kind: 'dependency' | 'output',
  paths: readonly string[],
  locked: LockedPaths,
  hasher: Hasher,
): Promise<StageChange[]> {
  const before = new Map(locked.map((entry) => [entry.path, entry.md5 ?? null]));
  const changes: StageChange[] = [];
  for (const path of paths) {
    const old = before.get(path) ?? null;
    const now = (await hasher.hash(absolute(root, path)))?.md5 ?? null;
    if (old === null || old !== now) changes.push({ kind, what: path, old, new: now });
  }
  return changes;
}

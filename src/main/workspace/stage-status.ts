import { canonicalJson } from '../../pipeline/disk/hash.ts';
import type { Hasher } from './hashes.ts';
import { feeds, type PipelineStage } from './pipeline-file.ts';
import { absolute, type LockedParams, type LockedPaths, type LockedStage, readStageParams } from './stage-lock.ts';

/** Why a stage has to run: the first thing that differs from dvc.lock. */
export interface StageChange {
  readonly kind: 'never-run' | 'command' | 'parameter' | 'dependency' | 'output' | 'upstream';
  /** Key, path or stage. */
  readonly what: string;
  readonly old: string | null;
  readonly new: string | null;
}

export interface StageStatus {
  readonly name: string;
  /** null: up to date. */
  readonly change: StageChange | null;
}

/** Compares every stage with dvc.lock; stages in the order they run. */
export async function pipelineStatus(
  root: string,
  stages: readonly PipelineStage[],
  lock: Readonly<Record<string, LockedStage>>,
  hasher: Hasher,
): Promise<StageStatus[]> {
  const result: StageStatus[] = [];
  for (const stage of stages) {
    const own = await stageChange(root, stage, lock[stage.name], hasher);
    const maker = stages.find((other) => feeds(other, stage) && result.some((each) => isStale(each, other.name)));
    const upstream: StageChange | null =
      maker === undefined ? null : { kind: 'upstream', what: maker.name, old: null, new: null };
    result.push({ name: stage.name, change: own ?? upstream });
  }
  return result;
}

function isStale(status: StageStatus, name: string): boolean {
  return status.name === name && status.change !== null;
}

/** The first difference of one stage: command, parameters, dependencies, outputs. null: none. */
export async function stageChange(
  root: string,
  stage: PipelineStage,
  locked: LockedStage | undefined,
  hasher: Hasher,
): Promise<StageChange | null> {
  if (locked === undefined) return { kind: 'never-run', what: stage.name, old: null, new: null };
  if (locked.cmd !== stage.cmd) return { kind: 'command', what: 'cmd', old: locked.cmd, new: stage.cmd };
  const parameter = firstParameterChange(await readStageParams(root, stage), locked.params ?? {});
  if (parameter !== null) return parameter;
  const dependency = await firstPathChange(root, 'dependency', stage.deps, locked.deps ?? [], hasher);
  return dependency ?? (await firstPathChange(root, 'output', stage.outs, locked.outs ?? [], hasher));
}

function firstParameterChange(now: LockedParams, before: LockedParams): StageChange | null {
  for (const file of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const differing = firstDifference(before[file], now[file], '');
    if (differing !== null) return { kind: 'parameter', ...differing };
  }
  return null;
}

/** The first leaf that differs, by dotted key. */
function firstDifference(before: unknown, now: unknown, key: string): Omit<StageChange, 'kind'> | null {
  if (isGroup(before) && isGroup(now)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const inner = firstDifference(before[name], now[name], key === '' ? name : `${key}.${name}`);
      if (inner !== null) return inner;
    }
    return null;
  }
  if (textOf(before) === textOf(now)) return null;
  return { what: key, old: textOf(before), new: textOf(now) };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : canonicalJson(value);
}

async function firstPathChange(
  root: string,
  kind: 'dependency' | 'output',
  paths: readonly string[],
  locked: LockedPaths,
  hasher: Hasher,
): Promise<StageChange | null> {
  const before = new Map(locked.map((entry) => [entry.path, entry.md5 ?? null]));
  for (const path of paths) {
    const old = before.get(path) ?? null;
    const now = (await hasher.hash(absolute(root, path)))?.md5 ?? null;
    if (old === null || old !== now) return { kind, what: path, old, new: now };
  }
  const dropped = locked.find((entry) => !paths.includes(entry.path));
  return dropped === undefined ? null : { kind, what: dropped.path, old: dropped.md5 ?? null, new: null };
}

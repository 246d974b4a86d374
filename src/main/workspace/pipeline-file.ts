import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { byCodePoint } from '../../pipeline/domain/names.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import { workspaceNames } from './names.ts';
import { isAddress, type Workspace } from './open.ts';
import { parseYamlValue, readYamlFile } from './yaml-file.ts';

const pathEntry = z.union([z.string(), z.record(z.string(), z.unknown())]);

/** dvc.yaml as far as it is read here; DVC knows further keys, which are left alone. */
const pipelineSchema = z.looseObject({
  vars: z.array(pathEntry).default([]),
  stages: z.record(
    z.string(),
    z.looseObject({
      cmd: z.string(),
      deps: z.array(z.string()).default([]),
      params: z.array(z.union([z.string(), z.record(z.string(), z.array(z.string()))])).default([]),
      outs: z.array(pathEntry).default([]),
      metrics: z.array(pathEntry).default([]),
      plots: z.array(pathEntry).default([]),
    }),
  ),
});

/** One stage of dvc.yaml with its variables filled in. Paths are relative to the workspace, as written. */
export interface PipelineStage {
  readonly name: string;
  readonly cmd: string;
  readonly deps: readonly string[];
  /** Parameter file → dotted keys. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  /** Outputs, metrics and plots alike, sorted as DVC sorts them. */
  readonly outs: readonly string[];
  /** Those of them that DVC's cache does not keep (`cache: false`): git does. */
  readonly uncached: ReadonlySet<string>;
}

/**
 * Stages of dvc.yaml in the order they have to run.
 * @throws HilumError `config/…` with file and key; `config/bad-value` for a variable without a value or a cycle
 */
export async function readPipeline(workspace: Workspace): Promise<PipelineStage[]> {
  const pipeline = await readYamlFile(join(workspace.paths.root, workspaceNames.pipeline), pipelineSchema);
  const variables = await readVariables(workspace, pipeline.vars);
  const stages = Object.entries(pipeline.stages).map(([name, stage]): PipelineStage => {
    const fill = (text: string): string => interpolate(text, variables, `stages.${name}`);
    const written = [...stage.outs, ...stage.metrics, ...stage.plots];
    const outs = written.map((each) => fill(pathOf(each)));
    const uncached = written.filter(isUncached).map((each) => fill(pathOf(each)));
    return {
      name,
      cmd: fill(stage.cmd),
      // An address is pinned by the sha256 of config.yaml, which is a dependency too.
      deps: stage.deps
        .map(fill)
        .filter((dep) => !isAddress(dep))
        .sort(byCodePoint),
      params: paramsByFile(stage.params),
      outs: outs.sort(byCodePoint),
      uncached: new Set(uncached),
    };
  });
  return inOrder(stages);
}

function pathOf(entry: z.infer<typeof pathEntry>): string {
  return typeof entry === 'string' ? entry : (Object.keys(entry)[0] ?? '');
}

function isUncached(entry: z.infer<typeof pathEntry>): boolean {
  if (typeof entry === 'string') return false;
  const flags = z.object({ cache: z.boolean().optional() }).safeParse(Object.values(entry)[0]);
  return flags.success && flags.data.cache === false;
}

/** params.yaml first, then the others by name, keys sorted: the order of dvc.lock. */
function paramsByFile(entries: readonly (string | Record<string, string[]>)[]): Map<string, string[]> {
  const byFile = new Map<string, string[]>();
  for (const entry of entries) {
    const pairs = typeof entry === 'string' ? [[workspaceNames.params, [entry]] as const] : Object.entries(entry);
    for (const [file, keys] of pairs) byFile.set(file, [...(byFile.get(file) ?? []), ...keys].sort(byCodePoint));
  }
  const rank = (file: string): string => (file === workspaceNames.params ? '' : file);
  return new Map([...byFile].sort(([a], [b]) => byCodePoint(rank(a), rank(b))));
}

/** Files named in `vars`, and what config.yaml leaves to its defaults. */
async function readVariables(workspace: Workspace, vars: readonly z.infer<typeof pathEntry>[]): Promise<unknown> {
  const variables: Record<string, unknown> = { ...workspace.config };
  variables.source ??= await lastSource(workspace);
  for (const entry of vars) {
    if (typeof entry !== 'string') Object.assign(variables, entry);
    else if (entry !== workspaceNames.config) {
      const text = await readFile(join(workspace.paths.root, entry), 'utf8').catch(() => undefined);
      if (text === undefined) throw new HilumError('config/missing', { file: entry });
      Object.assign(variables, parseYamlValue(text, entry));
    }
  }
  return variables;
}

/** What `ingest SOURCE` was given last, when config.yaml names no source. */
async function lastSource({ paths }: Workspace): Promise<string | undefined> {
  const text = await readFile(join(paths.artifacts, artifactNames.source), 'utf8').catch(() => '{}');
  return z.object({ source: z.string().optional() }).parse(JSON.parse(text)).source;
}

function interpolate(text: string, variables: unknown, place: string): string {
  return text.replace(/\$\{([^}]+)\}/g, (_whole, key: string) => {
    const value = valueAt(variables, key.trim());
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    const what = `\${${key}} has no value; set it in ${workspaceNames.config}`;
    throw new HilumError('config/bad-value', { file: workspaceNames.pipeline, key: place, what });
  });
}

/** Value at a dotted key, undefined where there is none. */
export function valueAt(value: unknown, dotted: string): unknown {
  let at = value;
  for (const key of dotted.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

/** Makers before users; the order of the file otherwise. */
function inOrder(stages: readonly PipelineStage[]): PipelineStage[] {
  const ordered: PipelineStage[] = [];
  const waiting = [...stages];
  while (waiting.length > 0) {
    const ready = waiting.findIndex((stage) => !waiting.some((other) => other !== stage && feeds(other, stage)));
    if (ready < 0) {
      const key = waiting.map((stage) => stage.name).join(', ');
      throw new HilumError('config/bad-value', {
        file: workspaceNames.pipeline,
        key,
        what: 'the stages form a circle',
      });
    }
    ordered.push(...waiting.splice(ready, 1));
  }
  return ordered;
}

/** Whether `user` reads something that `maker` writes. */
export function feeds(maker: PipelineStage, user: PipelineStage): boolean {
  return user.deps.some((dep) => maker.outs.some((out) => isWithin(dep, out) || isWithin(out, dep)));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

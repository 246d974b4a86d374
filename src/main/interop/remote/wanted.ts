import { join } from 'node:path';
import { z } from 'zod';
import type { Study } from '../../studies/study.ts';
import { workspaceNames } from '../../workspace/names.ts';
import type { Workspace } from '../../workspace/open.ts';
import { valueAt } from '../../workspace/pipeline-file.ts';
import { readStageLock } from '../../workspace/stage-lock.ts';
import { readYamlFile } from '../../workspace/yaml-file.ts';

/** An output that dvc.lock names and the cache keeps. */
export interface LockedOut {
  /** As written in dvc.lock. */
  readonly path: string;
  readonly oid: string;
}

/** What a remote should hold of a study. */
export interface Wanted {
  readonly outs: readonly LockedOut[];
  /** Outputs and every version of the dataset. */
  readonly oids: readonly string[];
}

/** @throws HilumError `config/…`, `records/…` */
export async function wantedObjects({ workspace, records }: Study): Promise<Wanted> {
  const uncached = await uncachedPaths(workspace);
  const lock = await readStageLock(workspace.paths.root);
  const outs = Object.values(lock).flatMap((stage) =>
    (stage.outs ?? []).flatMap(({ path, md5, hash }): LockedOut[] =>
      // Without `hash: md5` it is an entry of DVC 2, whose cache is another.
      md5 === undefined || hash !== 'md5' || uncached.has(path) ? [] : [{ path, oid: md5 }],
    ),
  );
  const versions = records.dataVersions.list().flatMap(({ hash, summary: { generated } }) => [hash, generated]);
  const oids = [...outs.map(({ oid }) => oid), ...versions.filter((oid) => oid !== null)];
  return { outs, oids: [...new Set(oids)] };
}

const outSchema = z.union([z.string(), z.record(z.string(), z.looseObject({ cache: z.boolean().optional() }))]);
const outsSchema = z.array(outSchema).default([]);
const pipelineSchema = z.looseObject({
  stages: z.record(z.string(), z.looseObject({ outs: outsSchema, metrics: outsSchema, plots: outsSchema })).default({}),
});

/** Outputs that git keeps. Read apart from the pipeline: a fresh clone may have no value yet for its `source`. */
async function uncachedPaths({ paths, config }: Workspace): Promise<Set<string>> {
  const { stages } = await readYamlFile(join(paths.root, workspaceNames.pipeline), pipelineSchema);
  const fill = (text: string): string =>
    text.replace(/\$\{([^}]+)\}/g, (whole, key: string) => String(valueAt(config, key.trim()) ?? whole));
  const entries = Object.values(stages).flatMap((stage) => [...stage.outs, ...stage.metrics, ...stage.plots]);
  const uncached = entries.flatMap((entry) =>
    typeof entry === 'string' ? [] : Object.entries(entry).filter(([, flags]) => flags.cache === false),
  );
  return new Set(uncached.map(([path]) => fill(path)));
}

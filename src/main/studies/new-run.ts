import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sha256File } from '../../pipeline/disk/hash.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import type { NewRun, RunKind } from '../records/runs.ts';
import { openHasher } from '../workspace/hashes.ts';
import { workspaceNames } from '../workspace/names.ts';
import { version } from '../workspace/version.ts';
import { runEnvironment } from './environment.ts';
import type { Study } from './study.ts';

const baseHashesSchema = z.object({ backbone_hash: z.string(), contract_hash: z.string() });

/** What a run is recorded with: parameters, hashes of what goes in, code and machine. What is not there yet has no hash. */
export async function newRun(
  { workspace, records }: Study,
  kind: RunKind,
  name: string,
  leaky: boolean,
): Promise<NewRun> {
  const { artifacts, root } = workspace.paths;
  const base = await baseHashes(join(artifacts, artifactNames.baseModel, 'base.json'));
  return {
    kind,
    name,
    params: workspace.params,
    datasetHash: await hashIfThere(join(artifacts, artifactNames.manifest)),
    splitHash: await hashIfThere(join(artifacts, artifactNames.split)),
    contractHash: base?.contract_hash,
    backboneHash: base?.backbone_hash,
    dataVersion: await dataVersionOf(workspace.paths),
    codeVersion: version,
    environment: {
      ...runEnvironment(),
      sqlite: records.engine,
      dvc_lock: (await hashIfThere(join(root, workspaceNames.lock))) ?? null,
    },
    leaky,
  };
}

/** MD5 of the dataset's folder as dvc.lock has it; undefined before ingest. */
export async function dataVersionOf({ artifacts, state }: WorkspacePaths): Promise<string | undefined> {
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const content = await hasher.hash(dirname(join(artifacts, artifactNames.manifest)));
  await hasher.save();
  return content?.md5;
}

async function baseHashes(path: string): Promise<z.infer<typeof baseHashesSchema> | undefined> {
  return existsSync(path) ? baseHashesSchema.parse(JSON.parse(await readFile(path, 'utf8'))) : undefined;
}

async function hashIfThere(path: string): Promise<string | undefined> {
  return existsSync(path) ? sha256File(path) : undefined;
}

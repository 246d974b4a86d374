import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256File } from '../../pipeline/disk/hash.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import type { NewRun, RunKind } from '../records/runs.ts';
import { version } from '../workspace/version.ts';
import type { Study } from './study.ts';

const baseHashesSchema = z.object({ backbone_hash: z.string(), contract_hash: z.string() });

/** What a run is recorded with: parameters, hashes of what goes in, code and machine. What is not there yet has no hash. */
export async function newRun({ workspace }: Study, kind: RunKind, name: string, leaky: boolean): Promise<NewRun> {
  const { artifacts } = workspace.paths;
  const base = await baseHashes(join(artifacts, artifactNames.baseModel, 'base.json'));
  return {
    kind,
    name,
    params: workspace.params,
    datasetHash: await hashIfThere(join(artifacts, artifactNames.manifest)),
    splitHash: await hashIfThere(join(artifacts, artifactNames.split)),
    contractHash: base?.contract_hash,
    backboneHash: base?.backbone_hash,
    codeVersion: version,
    environment: {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
    },
    leaky,
  };
}

async function baseHashes(path: string): Promise<z.infer<typeof baseHashesSchema> | undefined> {
  return existsSync(path) ? baseHashesSchema.parse(JSON.parse(await readFile(path, 'utf8'))) : undefined;
}

async function hashIfThere(path: string): Promise<string | undefined> {
  return existsSync(path) ? sha256File(path) : undefined;
}

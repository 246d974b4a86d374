import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sha256File } from '../../../pipeline/disk/hash.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { Params } from '../../../pipeline/domain/params.ts';
import { artifactNames, type WorkspacePaths } from '../../../pipeline/domain/stage-inputs.ts';
import { openDvcCache } from '../../interop/dvc/cache.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import type { Run } from '../../records/runs.ts';
import type { StudyContext } from '../context.ts';
import { readPreparedBase } from '../prepared-base.ts';
import type { Study } from '../study.ts';

const copying = { recursive: true, mode: constants.COPYFILE_FICLONE } as const;
const datasetFolder = dirname(artifactNames.manifest);

/**
 * Lends a throw-away copy of what a run was trained on, every part compared with its recorded hash. What was unpacked or
 * downloaded of the source is shared with the workspace; features are computed anew.
 * @throws HilumError `verify/missing-input` naming what is not here any more
 */
export async function withInputsOf<T>(
  study: Study,
  context: StudyContext,
  run: Run,
  params: Params,
  work: (paths: WorkspacePaths) => Promise<T>,
): Promise<T> {
  const { root, state } = study.workspace.paths;
  const folder = join(state, 'tmp', `verify-${randomUUID()}`);
  const bench: WorkspacePaths = { root, artifacts: join(folder, 'artifacts'), state: join(folder, 'state') };
  try {
    await mkdir(join(bench.state, 'cache'), { recursive: true });
    await mkdir(bench.artifacts, { recursive: true });
    await shareSources(state, bench.state);
    await putDataset(study, run, bench);
    await putSplit(study, context, run, params, bench);
    await putBase(study, context, run, params, bench);
    return await work(bench);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function shareSources(from: string, to: string): Promise<void> {
  const sources = join(from, 'cache', 'sources');
  await mkdir(sources, { recursive: true });
  await symlink(sources, join(to, 'cache', 'sources'), 'junction');
}

/** The dataset of now when it is that of the run, else out of DVC's cache. */
async function putDataset({ workspace, records }: Study, run: Run, bench: WorkspacePaths): Promise<void> {
  const { artifacts, root } = workspace.paths;
  const target = join(bench.artifacts, datasetFolder);
  const found = await hashOrNone(join(artifacts, artifactNames.manifest));
  if (found === run.datasetHash && found !== undefined) {
    await cp(join(artifacts, datasetFolder), target, copying);
    return;
  }
  const { dataVersion } = run;
  const cache = dataVersion === null ? undefined : await openDvcCache(root);
  if (cache !== undefined && dataVersion !== null && (await cache.isWhole(dataVersion))) {
    await cache.restore(dataVersion, target, { verify: true });
    if ((await hashOrNone(join(target, 'manifest.csv'))) === run.datasetHash) return;
  }
  const version = dataVersion === null ? undefined : records.dataVersions.ofHash(dataVersion)?.version;
  throw missing(run, 'dataset', dataVersion ?? run.datasetHash, found, {
    command: version === undefined ? 'hilum ingest' : `hilum data checkout ${version}`,
  });
}

/** The split of now when it is that of the run, else divided again. */
async function putSplit(
  { workspace }: Study,
  context: StudyContext,
  run: Run,
  params: Params,
  bench: WorkspacePaths,
): Promise<void> {
  const [now, target] = [workspace.paths, bench].map(({ artifacts }) => join(artifacts, artifactNames.split));
  if (now === undefined || target === undefined) return;
  if ((await hashOrNone(now)) === run.splitHash) {
    await cp(now, target, copying);
    return;
  }
  await stageInWorker(context, 'split', { workspace: bench, params, checkOnly: false }, z.unknown());
  const made = await hashOrNone(target);
  if (made !== run.splitHash) throw missing(run, 'split', run.splitHash, made, {});
}

/** The base model of now when it is that of the run, else prepared again. */
async function putBase(
  { workspace }: Study,
  context: StudyContext,
  run: Run,
  params: Params,
  bench: WorkspacePaths,
): Promise<void> {
  const [now, target] = [workspace.paths, bench].map(({ artifacts }) => join(artifacts, artifactNames.baseModel));
  if (now === undefined || target === undefined) return;
  if (await isBaseOf(run, workspace.paths)) {
    await cp(now, target, copying);
    return;
  }
  const { classes } = workspace.config;
  const input = { workspace: bench, params, ...(classes === undefined ? {} : { classes }) };
  await stageInWorker(context, 'prepare', input, z.unknown());
  if (await isBaseOf(run, bench)) return;
  const made = await readPreparedBase(bench);
  throw missing(run, 'base model', run.backboneHash, made?.backbone_hash, {});
}

async function isBaseOf(run: Run, paths: WorkspacePaths): Promise<boolean> {
  const base = await readPreparedBase(paths);
  return base !== undefined && base.backbone_hash === run.backboneHash && base.contract_hash === run.contractHash;
}

function missing(
  run: Run,
  input: string,
  expected: string | null,
  found: string | undefined,
  command: { readonly command?: string },
): HilumError {
  return new HilumError('verify/missing-input', {
    ...{ run: run.id, input, ...command },
    expected: expected?.slice(0, 12) ?? 'nothing',
    found: found?.slice(0, 12) ?? 'nothing',
  });
}

async function hashOrNone(path: string): Promise<string | undefined> {
  return sha256File(path).catch(() => undefined);
}

import { join } from 'node:path';
import type { Params } from '../../pipeline/domain/params.ts';
import type { StageStatus } from '../../pipeline/domain/stage-change.ts';
import { openHasher } from '../workspace/hashes.ts';
import { workspaceNames } from '../workspace/names.ts';
import type { Workspace } from '../workspace/open.ts';
import { readPipeline } from '../workspace/pipeline-file.ts';
import { readStageLock } from '../workspace/stage-lock.ts';
import { pipelineStatus } from '../workspace/stage-status.ts';

/**
 * Which stages of dvc.yaml have to run, and why. Nothing is locked and nothing but a cache of hashes is written, so that it
 * can be asked while a stage runs.
 * @param params what is to stand in params.yaml; left out: what stands there
 * @throws HilumError `config/…`
 */
export async function statusOfStudy(workspace: Workspace, params?: Params): Promise<StageStatus[]> {
  const { root, state } = workspace.paths;
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const given = params === undefined ? undefined : new Map([[workspaceNames.params, params]]);
  const stages = await readPipeline(workspace);
  const status = await pipelineStatus(root, stages, await readStageLock(root), hasher, given);
  await hasher.save();
  return status;
}

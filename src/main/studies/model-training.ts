import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { artifactNames, type WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { listModels } from '../models/store.ts';
import { readModelIdentity } from '../workspace/model-identity.ts';
import { keptNames } from './kept.ts';
import { keptFolderOf } from './kept-files.ts';

/**
 * training.json of the run that made a model: beside the newest model of the workspace, else kept with its run.
 * @param seal of the model
 * @throws HilumError `explain/elsewhere` when the model was not trained in this workspace, or its run is gone
 */
export async function trainingRecordOf({ artifacts, state }: WorkspacePaths, seal: string): Promise<string> {
  const newest = await readModelIdentity(join(artifacts, artifactNames.model)).catch(() => undefined);
  const candidates = newest?.seal === seal ? [join(artifacts, artifactNames.training)] : [];
  const stored = (await listModels(state)).find(({ id }) => id === seal);
  if (stored?.origin === 'trained' && stored.run !== null) {
    candidates.push(join(keptFolderOf(state, stored.run), keptNames.training));
  }
  for (const path of candidates) if (await isFile(path)) return path;
  throw new HilumError('explain/elsewhere');
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

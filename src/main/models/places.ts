import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { resourcePath } from '../../pipeline/disk/resources.ts';
import { sealFile } from '../../pipeline/domain/sealed-model.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import { openWorkspace } from '../workspace/open.ts';

/** The model that comes with the program. */
export const demoModelFolder = (): string => resourcePath('demo-model');

/** Where `train` of a workspace puts its model. @throws HilumError `config/…` */
export async function workspaceModelFolder(root: string): Promise<string> {
  const { paths } = await openWorkspace(root);
  return join(paths.artifacts, artifactNames.model);
}

/** The same when a sealed model is there. */
export async function sealedModelOf(root: string): Promise<string | undefined> {
  const folder = await workspaceModelFolder(root);
  return stat(join(folder, sealFile)).then(
    () => folder,
    () => undefined,
  );
}

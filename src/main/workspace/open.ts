import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { absoluteSource, isAddress } from '../../pipeline/disk/source-path.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { type Config, configSchema, type Params, paramsSchema } from '../../pipeline/domain/params.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { workspaceNames } from './names.ts';
import { readYamlFile } from './yaml-file.ts';

/** A workspace whose two configuration files were read and checked. */
export interface Workspace {
  readonly paths: WorkspacePaths;
  readonly config: Config;
  readonly params: Params;
}

/**
 * The workspace folder: `given`, or the nearest one upward from `cwd`.
 * @throws HilumError `workspace/missing`
 */
export async function locateWorkspace(cwd: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    const folder = resolve(cwd, given);
    if (await isWorkspace(folder)) return folder;
    throw new HilumError('workspace/missing', { path: given });
  }
  const found = await findWorkspace(cwd);
  if (found === undefined) throw new HilumError('workspace/missing', { path: 'This folder' });
  return found;
}

/** The nearest workspace upward from a folder, as git finds its repository. */
export async function findWorkspace(from: string): Promise<string | undefined> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (await isWorkspace(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/**
 * Reads config.yaml and params.yaml of a workspace. Nothing is written.
 * @throws HilumError `config/…` with file, line, key and nearest valid key
 */
export async function openWorkspace(root: string): Promise<Workspace> {
  const config = await readYamlFile(join(root, workspaceNames.config), configSchema);
  const params = withAbsoluteWeights(root, await readYamlFile(join(root, workspaceNames.params), paramsSchema));
  const paths = { root, artifacts: resolve(root, config.artifacts), state: join(root, workspaceNames.state) };
  return { paths, config, params };
}

/** The worker's current folder is not the workspace. */
function withAbsoluteWeights(root: string, params: Params): Params {
  const { weights } = params.backbone;
  if (weights === undefined) return params;
  return { ...params, backbone: { ...params.backbone, weights: resolve(root, weights) } };
}

/** An https address, or a path of config.yaml or the command line made absolute. */
export const resolveSource = absoluteSource;

export { isAddress };

/** Whether a folder is a workspace itself; nothing in it is read. */
export async function isWorkspace(folder: string): Promise<boolean> {
  if (!(await isThere(join(folder, workspaceNames.config)))) return false;
  const others = [workspaceNames.params, workspaceNames.pipeline, workspaceNames.state];
  const there = await Promise.all(others.map((name) => isThere(join(folder, name))));
  return there.includes(true);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

import { join } from 'node:path';
import { artifactNames, type WorkspacePaths } from '../domain/stage-inputs.ts';

/** Absolute path of an artifact of the workspace. */
export function artifactPath(workspace: WorkspacePaths, name: keyof typeof artifactNames): string {
  return join(workspace.artifacts, artifactNames[name]);
}

/** Files below `.hilum/cache`: all can be deleted at any time at the cost of doing the work again. */
export const cachePaths = (workspace: WorkspacePaths) => ({
  root: join(workspace.state, 'cache'),
  fileFacts: join(workspace.state, 'cache', 'file-facts.json'),
  thumbnails: join(workspace.state, 'cache', 'thumbnails.bin'),
  generatedManifest: join(workspace.state, 'cache', 'generated-manifest.csv'),
  features: join(workspace.state, 'cache', 'features'),
});

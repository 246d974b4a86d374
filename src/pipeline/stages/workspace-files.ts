import { join } from 'node:path';
import { artifactNames, stateNames, type WorkspacePaths } from '../domain/stage-inputs.ts';

/** Absolute path of an artifact of the workspace. */
export function artifactPath(workspace: WorkspacePaths, name: keyof typeof artifactNames): string {
  return join(workspace.artifacts, artifactNames[name]);
}

/** Not in the cache: without it hand edits could not be told from what ingest found, and would be lost. */
export function generatedManifestPath(workspace: WorkspacePaths): string {
  return join(workspace.state, stateNames.generatedManifest);
}

export function lastIngestPath(workspace: WorkspacePaths): string {
  return join(workspace.state, stateNames.lastIngest);
}

/** Files below `.hilum/cache`: all can be deleted at any time at the cost of doing the work again. */
export const cachePaths = (workspace: WorkspacePaths) => ({
  root: join(workspace.state, 'cache'),
  fileFacts: join(workspace.state, 'cache', 'file-facts.json'),
  thumbnails: join(workspace.state, 'cache', 'thumbnails.bin'),
  features: join(workspace.state, stateNames.features),
});

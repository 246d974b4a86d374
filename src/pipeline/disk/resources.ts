import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Path of a shipped file below `resources/`. The folder is found by walking up from this file, so that it holds for
 * the sources, for the bundle in `out/main` and for an installed app alike.
 */
export function resourcePath(...parts: readonly string[]): string {
  const start = import.meta.dirname;
  for (let folder = start; ; folder = dirname(folder)) {
    const resources = join(folder, 'resources');
    if (existsSync(join(resources, 'backbones'))) return join(resources, ...parts);
    if (dirname(folder) === folder) throw new Error('resources/backbones was not found above the program');
  }
}

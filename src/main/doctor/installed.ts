import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const packageSchema = z.object({ version: z.string() });

/**
 * Version of a package as the program would find it, without loading it.
 * @param file what must be there besides, below the package
 * @param from where to look upward from
 */
export function installedVersion(
  name: string,
  file: string = 'package.json',
  from: string = import.meta.dirname,
): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json')) && existsSync(join(place, file))) {
      return packageSchema.parse(JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))).version;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

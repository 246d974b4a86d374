import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../../pipeline/domain/errors.ts';

const licencesSchema = z.object({
  own: z.string(),
  packages: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
});
export type Licences = z.infer<typeof licencesSchema>;

/** The table that the build leaves beside the bundle; from the sources it is found in `out/main`. */
export async function readLicences(): Promise<Licences> {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    for (const path of [join(folder, 'licences.json'), join(folder, 'out', 'main', 'licences.json')]) {
      const text = await readFile(path, 'utf8').catch((error: unknown) => errnoOf(error) ?? 'unknown');
      if (text.startsWith('{')) return licencesSchema.parse(JSON.parse(text));
    }
    if (dirname(folder) === folder) throw new Error('licences.json was not found: the program is not built');
  }
}

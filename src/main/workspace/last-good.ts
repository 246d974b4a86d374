import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';

/** A small JSON file whose last good copy lies beside it: a start never depends on it (FAULTS F10). */
export interface LastGoodFile<T> {
  /** undefined: neither the file nor its copy is there and understood. */
  read(): Promise<T | undefined>;
  /** The file alone, without its copy. */
  readNewest(): Promise<T | undefined>;
  /** Both are on the disk when it resolves. @throws HilumError `disk/…` */
  write(value: T): Promise<void>;
}

/** @param name without its ending: `settings` is `settings.json`, its copy `settings.last-good.json` */
export function lastGoodFile<T>(folder: string, name: string, schema: z.ZodType<T>): LastGoodFile<T> {
  const path = join(folder, `${name}.json`);
  const copy = join(folder, `${name}.last-good.json`);
  const readOne = async (file: string): Promise<T | undefined> => {
    try {
      return schema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // Absent, or cut by a crash: the caller has another place to look.
      return undefined;
    }
  };
  return {
    read: async () => (await readOne(path)) ?? (await readOne(copy)),
    readNewest: () => readOne(path),
    write: async (value) => {
      const text = `${JSON.stringify(value, null, 2)}\n`;
      await writeFileAtomic(path, text);
      await writeFileAtomic(copy, text);
    },
  };
}

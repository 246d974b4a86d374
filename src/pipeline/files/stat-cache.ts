import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomic } from '../disk/atomic.ts';
import { sha256 } from '../disk/hash.ts';

/** What says that a file is still the one it was. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Results by file, valid while the file's size, time and inode stay the same. */
export interface StatCache<T> {
  /** The stored result, or undefined when the file is new or changed. */
  get(file: string, state: FileState): T | undefined;
  set(file: string, state: FileState, result: T): void;
  /** Forgets files that were neither found by `get` nor set since opening: they are gone from the source. */
  dropUnseen(): void;
  /** @throws HilumError `disk/…`, `config/not-writable` */
  save(): Promise<void>;
}

const entriesSchema = z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.unknown()]));

interface Stored extends FileState {
  readonly result: unknown;
}

/**
 * Opens a cache file; one that is missing, damaged or made under another key is an empty cache.
 * @param schema every result is checked by it when it is asked for; one that does not fit counts as not there
 * @param key what results depend on besides their files, for example the version of the code that makes them
 */
export async function openStatCache<T>(path: string, schema: z.ZodType<T>, key: string): Promise<StatCache<T>> {
  const entries = await load(path, key);
  const seen = new Set<string>();
  return {
    get(file, state) {
      const stored = entries.get(file);
      if (stored === undefined || !sameState(stored, state)) return undefined;
      const parsed = schema.safeParse(stored.result);
      if (!parsed.success) return undefined;
      seen.add(file);
      return parsed.data;
    },
    set(file, { size, mtimeMs, ino }, result) {
      seen.add(file);
      entries.set(file, { size, mtimeMs, ino, result });
    },
    dropUnseen() {
      for (const file of entries.keys()) if (!seen.has(file)) entries.delete(file);
    },
    async save() {
      const rows = [...entries].map(([file, each]) => [file, each.size, each.mtimeMs, each.ino, each.result]);
      const body = JSON.stringify(rows);
      await writeFileAtomic(path, `${header(key, body)}\n${body}`);
    },
  };
}

async function load(path: string, key: string): Promise<Map<string, Stored>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const headerEnd = text.indexOf('\n');
  const body = text.slice(headerEnd + 1);
  if (text.slice(0, Math.max(0, headerEnd)) !== header(key, body)) return new Map();
  const rows = entriesSchema.parse(JSON.parse(body));
  return new Map(rows.map(([file, size, mtimeMs, ino, result]) => [file, { size, mtimeMs, ino, result }]));
}

/** The hash makes a damaged file an empty cache instead of a wrong number. */
function header(key: string, body: string): string {
  return `hilum stat cache 1 ${sha256(key)} ${sha256(body)}`;
}

function sameState(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}

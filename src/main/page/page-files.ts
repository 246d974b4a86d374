import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';

export interface PageFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly cache: string;
}

/** Every file of the page by its path in an address. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const indexName = 'index.html';

/** What a page is made of; a file of any other kind is not served. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The build puts a hash of the content into these names, so they never change under one name. */
const hashedName = /^assets\/.+-[\w-]{8}\.\w+$/;

/**
 * Reads the built page into memory. An address is only ever looked up in this table, never joined to a path (FAULTS A6).
 * @throws HilumError `serve/no-page`
 */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  for (const name of await namesBelow(folder)) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const cache = hashedName.test(name) ? 'public, max-age=31536000, immutable' : 'no-store';
    files.set(`/${name}`, { bytes: await readFile(join(folder, name)), type, cache });
  }
  const index = files.get(`/${indexName}`);
  if (index === undefined) throw new HilumError('serve/no-page');
  return files.set('/', index);
}

async function namesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw new HilumError('serve/no-page', {}, { cause: error });
    throw error;
  }
}

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { diskError } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { giveName } from '../dvc/object-files.ts';
import { hashing } from './hashing.ts';
import type { RemoteKind } from './index.ts';
import { contentMd5, keyOf, type RemoteStore } from './store.ts';

/** A folder: another disk, or a share of the hospital. */
export const folderRemote: RemoteKind = {
  name: 'folder',
  scheme: null,
  open: async (_name, { url = '' }) => {
    await removeLeftovers(join(url, temporaryName));
    return folderStore(url);
  },
};

const temporaryName = 'tmp';
const leftoverMs = 24 * 3600 * 1000;

function folderStore(folder: string): RemoteStore {
  const pathOf = (oid: string): string => join(folder, ...keyOf(oid).split('/'));
  return {
    async sizesOf(oids) {
      const sizes = new Map<string, number>();
      for (const oid of oids) {
        const found = statSync(pathOf(oid), { throwIfNoEntry: false });
        if (found?.isFile() === true) sizes.set(oid, found.size);
      }
      return sizes;
    },
    send: (oid, path, signal) => sendFile(folder, pathOf(oid), oid, path, signal),
    async receive(oid, from) {
      const found = statSync(pathOf(oid), { throwIfNoEntry: false });
      if (found?.isFile() !== true) return undefined;
      return from >= found.size ? Readable.from([]) : createReadStream(pathOf(oid), { start: from });
    },
    faultOf: (error) => diskError(error, 'remote'),
    close: () => undefined,
  };
}

async function sendFile(folder: string, target: string, oid: string, path: string, signal: AbortSignal): Promise<void> {
  const aside = join(folder, temporaryName, `${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(aside), { recursive: true });
    const md5 = createHash('md5');
    await pipeline(createReadStream(path), hashing(md5), createWriteStream(aside, { flags: 'wx' }), { signal });
    if (md5.digest('hex') !== contentMd5(oid)) throw new HilumError('dvc/object-corrupt', { oid });
    await giveName(aside, target);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw signal.aborted ? new HilumError('cancelled/by-user') : diskError(error, 'remote');
  }
}

/** What killed writers left; younger ones may belong to somebody who writes now. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    const isOurs = /^[0-9a-f-]{36}\.tmp$/.test(name);
    if (isOurs && found !== undefined && Date.now() - found.mtimeMs > leftoverMs) await rm(path, { force: true });
  }
}

import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import { cacheKinds } from '../ipc/contract/machine.ts';
import type { Output } from '../ipc/contract.ts';
import { userDataFolder } from '../workspace/user-folders.ts';
import type { Session } from './session.ts';

type CacheKind = (typeof cacheKinds)[number];

interface Cache {
  readonly what: string;
  /** Files and folders that hold it. */
  places(state: string, userData: string): readonly string[];
}

/** What can be deleted at any time at the cost of doing work again, or of pictures that are gone then. */
const caches: Record<CacheKind, Cache> = {
  features: {
    what: 'What the backbone made of each training image. Without it the next training starts more slowly.',
    places: (state) => [join(state, 'cache', 'features')],
  },
  thumbnails: {
    what: 'Small pictures of the dataset. Without them the next ingest reads every file again.',
    places: (state) => [join(state, 'cache', 'thumbnails.bin'), join(state, 'cache', 'thumbnails')],
  },
  uploads: {
    what: 'Files that were sent through the browser. Their batches keep their results and lose their pictures.',
    places: (state, userData) => [join(state, 'uploads'), join(userData, 'uploads')],
  },
  demo: {
    what: 'Synthetic scans of the demo. Its batches and its dataset keep their tables and lose their pictures.',
    places: (state) => [join(state, 'demo')],
  },
};

const recordsFiles = /^hilum\.db/;

/** Bytes of records and caches of the open workspace. */
export async function cacheSizes(session: Session): Promise<Output<'cache/sizes'>> {
  const { state } = session.study.workspace.paths;
  const measured = [];
  for (const kind of cacheKinds) {
    measured.push({ kind, what: caches[kind].what, ...(await sizeOfAll(placesOf(session, kind))) });
  }
  const names: readonly string[] = await readdir(state).catch(() => []);
  const records = await sizeOfAll(names.filter((name) => recordsFiles.test(name)).map((name) => join(state, name)));
  return { folder: state, records: records.bytes, caches: measured };
}

/** @returns bytes that are free again. @throws HilumError `machine/busy`, `disk/…`, `config/not-writable` */
export async function clearCache(session: Session, kind: CacheKind): Promise<number> {
  if (session.jobs.busyWith().length > 0) throw new HilumError('machine/busy');
  const places = placesOf(session, kind);
  const { bytes } = await sizeOfAll(places);
  for (const place of places) {
    await rm(place, { recursive: true, force: true }).catch((error: unknown) => {
      throw diskError(error, kind);
    });
  }
  return bytes;
}

function placesOf({ study, env }: Session, kind: CacheKind): readonly string[] {
  return caches[kind].places(study.workspace.paths.state, userDataFolder(env));
}

interface Size {
  bytes: number;
  files: number;
}

async function sizeOfAll(places: readonly string[]): Promise<Size> {
  const size: Size = { bytes: 0, files: 0 };
  for (const place of places) await addSize(place, size);
  return size;
}

/** Folders one after the other, so that the pages' other questions are answered meanwhile. Links are not followed. */
async function addSize(place: string, size: Size): Promise<void> {
  const waiting = [place];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile()) {
      size.bytes += stats.size;
      size.files++;
    } else if (stats?.isDirectory()) {
      const names: readonly string[] = await readdir(path).catch(() => []);
      for (const name of names) waiting.push(join(path, name));
    }
  }
}

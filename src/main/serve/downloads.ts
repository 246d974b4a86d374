import { mkdir, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { MadeFile } from '../ipc/contract.ts';
import { serveLimits } from './limits.ts';
import { newAddress, newFolderName } from './random-name.ts';
import { sweepOld } from './sweep.ts';

export interface Download {
  readonly name: string;
  readonly bytes: number;
  readonly path: string;
  /** Removes the file; called when it was sent, or could not be. */
  discard(): Promise<void>;
}

export interface Downloads {
  /** Makes a file that can be fetched once, for a while. */
  deliver(name: string, write: (path: string) => Promise<void>): Promise<MadeFile>;
  /** The file of an address, which is spent by it; undefined when it is unknown, spent or too old. */
  take(id: string): Promise<Download | undefined>;
  /** Removes what nobody fetched. */
  close(): Promise<void>;
}

interface Waiting extends Download {
  readonly untilMs: number;
}

/** @param folder shared with other servers; each works in a folder of its own below it, readable by its user only */
export async function openDownloads(folder: string, nowMs: () => number = Date.now): Promise<Downloads> {
  await sweepOld(folder, serveLimits.staleDownloadMs, nowMs());
  const session = join(folder, newFolderName());
  const waiting = new Map<string, Waiting>();
  const dropOld = async (): Promise<void> => {
    for (const [id, download] of waiting) {
      if (download.untilMs > nowMs()) continue;
      waiting.delete(id);
      await download.discard();
    }
  };
  return {
    async deliver(name, write) {
      await dropOld();
      const place = join(session, newFolderName());
      const path = join(place, `file${extensionOf(name)}`);
      const discard = () => rm(place, { recursive: true, force: true });
      await mkdir(place, { recursive: true, mode: 0o700 });
      try {
        await write(path);
        const id = newAddress();
        const { size: bytes } = await stat(path);
        waiting.set(id, { name, bytes, path, discard, untilMs: nowMs() + serveLimits.downloadMs });
        return { kind: 'download', id, name, bytes };
      } catch (error) {
        await discard();
        throw error;
      }
    },
    async take(id) {
      await dropOld();
      const download = waiting.get(id);
      waiting.delete(id);
      return download;
    },
    close: () => rm(session, { recursive: true, force: true }),
  };
}

/** The proposed name is text of the user's; of it only a plain ending reaches the disk. */
function extensionOf(name: string): string {
  const extension = extname(name);
  return /^\.[a-z0-9]{1,8}$/i.test(extension) ? extension : '';
}

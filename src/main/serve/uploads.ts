import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { Caller, Uploads } from '../ipc/core.ts';
import { serveLimits, type UploadLimits, uploadLimits } from './limits.ts';
import { newFolderName } from './random-name.ts';
import { isFolderName, sweepOld } from './sweep.ts';
import { uploadNameParts } from './upload-name.ts';
import { writeNew } from './write-new.ts';

/** Uploads of pages, and where their files arrive. */
export interface UploadStore extends Uploads {
  /**
   * Writes one file of an upload; nothing is left of one that does not come whole.
   * @param name relative path, `/` between folders
   * @param bytes how many will come
   * @throws HilumError `upload/…`, `disk/full`
   */
  receive(upload: string, caller: Caller, name: string, bytes: number, pieces: AsyncIterable<Buffer>): Promise<void>;
}

interface Open {
  readonly caller: string;
  readonly folder: string;
  /** Of files that are there or on their way. */
  bytes: number;
  files: number;
  arriving: number;
  finished: { path: string; files: number } | undefined;
}

/** @param folder every upload gets a folder of its own below it; those of a week ago are removed now */
export async function openUploads(
  folder: string,
  limits: UploadLimits = uploadLimits,
  nowMs: number = Date.now(),
): Promise<UploadStore> {
  await sweepOld(folder, serveLimits.staleUploadMs, nowMs);
  const uploads = new Map<string, Open>();
  const find = (id: string, caller: Caller): Open => {
    const upload = isFolderName(id) ? uploads.get(id) : undefined;
    // Somebody else's upload does not exist.
    if (upload === undefined || upload.caller !== caller.id) throw new HilumError('upload/unknown');
    return upload;
  };
  return {
    async begin(caller) {
      const id = newFolderName();
      const place = join(folder, id);
      await mkdir(place, { recursive: true, mode: 0o700 });
      uploads.set(id, { caller: caller.id, folder: place, bytes: 0, files: 0, arriving: 0, finished: undefined });
      return id;
    },
    async receive(id, caller, name, bytes, pieces) {
      const upload = find(id, caller);
      if (upload.finished !== undefined) throw new HilumError('upload/unknown');
      const parts = uploadNameParts(name);
      reserve(upload, bytes, limits);
      upload.arriving++;
      try {
        await writeNew(upload.folder, parts, bytes, pieces);
      } catch (error) {
        upload.bytes -= bytes;
        upload.files--;
        throw error;
      } finally {
        upload.arriving--;
      }
    },
    async finish(id, caller) {
      const upload = find(id, caller);
      if (upload.arriving > 0) throw new HilumError('call/bad-input', { what: 'files of it are still on their way' });
      if (upload.files === 0) throw new HilumError('source/empty', { source: 'The upload' });
      upload.finished ??= { path: await sourceOf(upload.folder), files: upload.files };
      return upload.finished;
    },
  };
}

function reserve(upload: Open, bytes: number, limits: UploadLimits): void {
  if (bytes > limits.fileBytes) throw tooLarge(limits.fileBytes, 'bytes a file');
  if (upload.bytes + bytes > limits.totalBytes) throw tooLarge(limits.totalBytes, 'bytes');
  if (upload.files + 1 > limits.files) throw tooLarge(limits.files, 'files');
  upload.bytes += bytes;
  upload.files++;
}

function tooLarge(limit: number, unit: string): HilumError {
  return new HilumError('upload/too-large', { limit, unit });
}

/** One dropped folder is itself the source, with its own name; loose files have the upload's folder. */
async function sourceOf(folder: string): Promise<string> {
  const [first, ...others] = await readdir(folder, { withFileTypes: true });
  return first?.isDirectory() && others.length === 0 ? join(folder, first.name) : folder;
}

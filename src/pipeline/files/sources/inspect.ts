import type { Entry, ZipFile } from 'yauzl';
import { HilumError } from '../../domain/errors.ts';
import { isLitter } from '../../domain/litter.ts';
import { stopIfCancelled } from '../cancel.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import type { RefusedFile } from './source.ts';

/** What becomes of one entry: unpacked, left out without a word (folders, litter), or refused with a reason. */
export interface Plan {
  readonly file: string;
  readonly entry: 'file' | 'skip' | Omit<RefusedFile, 'file'>;
}

/**
 * Reads the whole central directory and decides on each entry, in its order.
 * @throws HilumError `source/bad-archive` when a cap is passed or the archive contradicts itself
 */
export async function inspectArchive(
  zip: ZipFile,
  limits: ArchiveLimits,
  signal: AbortSignal | undefined,
): Promise<Plan[]> {
  if (zip.entryCount > limits.entries) refuse(`it has ${zip.entryCount} entries, the limit is ${limits.entries}`);
  const plans: Plan[] = [];
  const names = new Set<string>();
  const spans: { start: number; end: number }[] = [];
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    stopIfCancelled(signal);
    const plan = planOf(entry, names);
    plans.push(plan);
    names.add(plan.file);
    if (plan.entry !== 'file') continue;
    requireWithin(entry, limits);
    totalBytes += entry.uncompressedSize;
    if (totalBytes > limits.totalBytes) refuse(`unpacked it is larger than ${limits.totalBytes} bytes`);
    const start = entry.relativeOffsetOfLocalHeader;
    spans.push({ start, end: start + localHeaderBytes + entry.compressedSize });
  }
  if (totalBytes > limits.ratio * zip.fileSize) refuse(`it grows more than ${limits.ratio} times`);
  requireApart(spans);
  return plans;
}

/** Fixed part of a local file header (APPNOTE 4.3.7). */
const localHeaderBytes = 30;

function planOf(entry: Entry, seen: ReadonlySet<string>): Plan {
  const file = entry.fileName;
  if (file.endsWith('/')) return { file, entry: 'skip' };
  const what = typeNames.get((entry.externalFileAttributes >>> 16) & 0o170000);
  if (what !== undefined) return { file, entry: { refused: 'image/not-a-file', facts: { what } } };
  if (isLitter(file)) return { file, entry: 'skip' };
  if (hasControlCharacter(file)) return badName(file, 'it holds control characters');
  if (seen.has(file)) return badName(file, 'another file of the archive has the same name');
  return { file, entry: 'file' };
}

/** File types of the Unix mode in the external attributes that are no regular file. Bits that are not set mean a file. */
const typeNames: ReadonlyMap<number, string> = new Map([
  [0o010000, 'pipe'],
  [0o020000, 'device'],
  [0o040000, 'folder'],
  [0o060000, 'device'],
  [0o120000, 'symbolic link'],
  [0o140000, 'socket'],
]);

function badName(file: string, what: string): Plan {
  return { file, entry: { refused: 'image/bad-name', facts: { what } } };
}

function hasControlCharacter(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

function requireWithin(entry: Entry, limits: ArchiveLimits): void {
  if (entry.isEncrypted()) refuse('it is encrypted');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    refuse(`compression method ${entry.compressionMethod} is not supported`);
  }
  if (entry.uncompressedSize > limits.fileBytes) refuse(`a file in it is larger than ${limits.fileBytes} bytes`);
  if (entry.uncompressedSize > limits.ratio * entry.compressedSize) {
    refuse(`a file in it grows more than ${limits.ratio} times`);
  }
}

/** Entries that share bytes are how a small archive unpacks to a huge one without nesting (Fifield, WOOT 2019). */
function requireApart(spans: { start: number; end: number }[]): void {
  spans.sort((a, b) => a.start - b.start);
  let end = 0;
  for (const span of spans) {
    if (span.start < end) refuse('entries in it overlap');
    end = span.end;
  }
}

function refuse(what: string): never {
  throw new HilumError('source/bad-archive', { what });
}

import { type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../disk/atomic.ts';
import { sha256File } from '../../disk/hash.ts';
import { errnoOf, HilumError, hasCode } from '../../domain/errors.ts';
import { orCancelled } from '../cancel.ts';
import { allowedAddress } from './address.ts';
import type { SourceOptions } from './source.ts';

interface DownloadOptions extends Pick<SourceOptions, 'signal' | 'onProgress'> {
  readonly limitBytes: number;
}

/** Files of one download: the bytes so far, and the server's name for their version. */
interface Part {
  readonly path: string;
  readonly tagPath: string;
}

const maximumAttempts = 5;

/**
 * Fetches an address into `folder` and verifies it. What an interrupted call brought is kept and continued (RFC 9110
 * Range with If-Range); a server that cannot continue starts anew. Tries again at once as long as each try brings bytes.
 * @returns path of the verified file
 * @throws HilumError `source/download-failed` (the part is kept), `source/hash-mismatch` (nothing is kept),
 * `source/redirect`, `source/url-scheme`, `source/bad-archive` (too large), `cancelled/by-user`
 */
export async function download(
  address: URL,
  sha256: string,
  folder: string,
  options: DownloadOptions,
): Promise<string> {
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw diskError(error, folder);
  });
  const part: Part = { path: join(folder, `${sha256}.part`), tagPath: join(folder, `${sha256}.etag`) };
  await fetchWithRetries(address, part, options);
  const actual = await sha256File(part.path);
  await rm(part.tagPath, { force: true });
  if (actual !== sha256) {
    await discard(part);
    throw new HilumError('source/hash-mismatch', { expected: sha256, actual });
  }
  const path = join(folder, sha256);
  await rename(part.path, path);
  return path;
}

async function fetchWithRetries(address: URL, part: Part, options: DownloadOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = await sizeOf(part.path);
    try {
      await fetchRest(address, part, options);
      return;
    } catch (error) {
      const failure = networkError(orCancelled(error, options.signal), part.path);
      const goesOn = hasCode(failure, 'source/download-failed') && (await sizeOf(part.path)) > before;
      if (!goesOn || attempt === maximumAttempts) throw failure;
    }
  }
}

async function fetchRest(address: URL, part: Part, options: DownloadOptions): Promise<void> {
  const have = await sizeOf(part.path);
  const response = await request(address, await rangeHeaders(part, have), options.signal);
  if (response.status === 416 && have > 0) {
    const complete = response.headers.get('content-range') === `bytes */${have}`;
    await response.body?.cancel();
    if (complete) return;
    await discard(part);
    return fetchRest(address, part, options);
  }
  const continues = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`);
  if (!continues && response.status !== 200) {
    await response.body?.cancel();
    throw new HilumError('source/download-failed', { what: `the server answered ${response.status}` });
  }
  const start = continues ? have : 0;
  if (start === 0) await keepTag(part, response.headers.get('etag'));
  const handle = await open(part.path, start === 0 ? 'w' : 'a');
  try {
    await receive(response, handle, start, part, options);
  } finally {
    await handle.close();
  }
}

async function receive(
  response: Response,
  handle: FileHandle,
  start: number,
  part: Part,
  options: DownloadOptions,
): Promise<void> {
  const length = Number(response.headers.get('content-length') ?? 0);
  const total = length > 0 ? start + length : 0;
  let done = start;
  if (response.body === null) return;
  for await (const chunk of response.body) {
    done += chunk.length;
    if (Math.max(done, total) > options.limitBytes) {
      await discard(part);
      throw new HilumError('source/bad-archive', { what: `it is larger than ${options.limitBytes} bytes` });
    }
    await handle.writeFile(chunk);
    options.onProgress?.('download', done, total);
  }
  await handle.sync();
}

const maximumRedirects = 5;

/** Redirects are followed by hand: only on the host that the user named, and never from https to http. */
async function request(
  address: URL,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let current = address;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const response = await fetch(current, { headers, redirect: 'manual', signal: signal ?? null });
    const target = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || target === null) return response;
    await response.body?.cancel();
    const next = allowedAddress(target, current);
    if (next.host !== address.host || next.protocol !== address.protocol) throw new HilumError('source/redirect');
    current = next;
  }
  throw new HilumError('source/download-failed', { what: `more than ${maximumRedirects} redirects` });
}

/** `identity`: a body that is compressed on the way has other offsets than the file. */
async function rangeHeaders(part: Part, have: number): Promise<Record<string, string>> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have === 0) return headers;
  headers.range = `bytes=${have}-`;
  const tag = await readFile(part.tagPath, 'utf8').catch(() => '');
  if (tag !== '') headers['if-range'] = tag;
  return headers;
}

/** Weak tags do not promise equal bytes (RFC 9110 8.8.1) and cannot be used to continue. */
async function keepTag(part: Part, tag: string | null): Promise<void> {
  if (tag !== null && !tag.startsWith('W/')) await writeFile(part.tagPath, tag);
  else await rm(part.tagPath, { force: true });
}

async function discard(part: Part): Promise<void> {
  await rm(part.path, { force: true });
  await rm(part.tagPath, { force: true });
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
}

/** fetch wraps what went wrong in a TypeError whose cause has the code; failures of our own disk have a code themselves. */
function networkError(error: unknown, path: string): unknown {
  if (error instanceof HilumError) return error;
  if (!(error instanceof TypeError)) return diskError(error, path);
  const errno = errnoOf(error.cause);
  const what = errno !== undefined && /^E[A-Z]+$/.test(errno) ? errno : 'the connection broke';
  return new HilumError('source/download-failed', { what }, { cause: error });
}

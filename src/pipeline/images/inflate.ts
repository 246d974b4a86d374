import { once } from 'node:events';
import { constants, createGunzip, createInflateRaw, gunzipSync } from 'node:zlib';
import { HilumError } from '../domain/errors.ts';
import { limits } from './limits.ts';

export type Deflated = 'gzip' | 'raw';

/**
 * What the bytes inflate to, counted in a first pass that keeps nothing: a bomb is refused before memory is asked for.
 * @throws HilumError `image/too-large-inflated`, `image/truncated`, `image/corrupt`
 */
export async function inflatedSize(bytes: Uint8Array, kind: Deflated): Promise<number> {
  let size = 0;
  await pour(bytes, kind, (piece) => {
    size += piece.length;
  });
  return size;
}

/**
 * The first `size` inflated bytes. The rest is read too, for the checksum at its end, and dropped.
 * @throws HilumError as inflatedSize, and `image/truncated` when there are fewer
 */
export async function inflate(bytes: Uint8Array, kind: Deflated, size: number): Promise<Uint8Array> {
  checkInflated(size, bytes.length);
  const result = new Uint8Array(size);
  let at = 0;
  await pour(bytes, kind, (piece) => {
    const part = piece.subarray(0, size - at);
    result.set(part, at);
    at += part.length;
  });
  if (at < size) throw new HilumError('image/truncated', { expectedBytes: size, actualBytes: at });
  return result;
}

/** The first bytes of a gzip file, from its first 2 KB only: what comes out is at most 2 MB. Empty when it is no gzip. */
export function inflatedHead(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes.subarray(0, 2048), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array(0);
  }
}

/** @throws HilumError `image/too-large-inflated` when `size` bytes out of `packed` ones are past the caps */
function checkInflated(size: number, packed: number): void {
  if (size > limits.inflatedBytes) throw new HilumError('image/too-large-inflated', { limit: limits.inflatedBytes });
  if (size > limits.ratioFreeBytes && size > packed * limits.inflateRatio) {
    throw new HilumError('image/too-large-inflated', { limit: packed * limits.inflateRatio });
  }
}

async function pour(bytes: Uint8Array, kind: Deflated, take: (piece: Uint8Array) => void): Promise<void> {
  const options = { chunkSize: 256 * 1024 };
  const stream = kind === 'gzip' ? createGunzip(options) : createInflateRaw(options);
  let size = 0;
  let failure: unknown;
  stream.on('data', (piece: Buffer) => {
    if (failure !== undefined) return;
    try {
      size += piece.length;
      checkInflated(size, bytes.length);
      take(piece);
    } catch (error) {
      failure = error;
      stream.destroy();
    }
  });
  stream.on('error', (error) => {
    failure ??= error;
  });
  const closed = once(stream, 'close').catch(() => undefined);
  stream.end(bytes);
  await closed;
  if (failure === undefined) return;
  if (failure instanceof HilumError) throw failure;
  const cut = failure instanceof Error && /unexpected end/i.test(failure.message);
  throw cut
    ? new HilumError('image/truncated', {}, { cause: failure })
    : new HilumError('image/corrupt', { format: 'deflate' }, { cause: failure });
}

import type { Reply } from '../../main/ipc/contract.ts';
import { ApiError, fromReply } from './api-error.ts';
import { call, transport } from './call.ts';

export interface UploadFile {
  readonly file: File;
  /** Relative path with forward slashes, as it lay in the dropped folder. */
  readonly path: string;
}

const atOnce = 4;

/**
 * Sends files into the core. @returns the path that jobs take as their folder
 * @throws ApiError `upload/…`, `call/lost`; the signal's reason when it was aborted
 */
export async function upload(
  files: readonly UploadFile[],
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { upload: id } = await call('uploads/begin', {});
  const totalBytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const sent = new Map<UploadFile, number>();
  const report = (file: UploadFile, bytes: number): void => {
    sent.set(file, bytes);
    onProgress(
      [...sent.values()].reduce((sum, each) => sum + each, 0),
      totalBytes,
    );
  };
  onProgress(0, totalBytes);
  const queue = files.values();
  const sendSome = async (): Promise<void> => {
    for (const file of queue) {
      signal.throwIfAborted();
      await send(id, file, (bytes) => report(file, bytes), signal);
      report(file, file.file.size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendSome));
  return (await call('uploads/finish', { upload: id })).path;
}

/** XMLHttpRequest, because fetch does not tell how much of a large file is through. */
function send(id: string, { file, path }: UploadFile, onBytes: (bytes: number) => void, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/upload/${encodeURIComponent(id)}?name=${encodeURIComponent(path)}`);
    for (const [name, value] of Object.entries(transport()?.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => onBytes(event.loaded));
    request.addEventListener('load', () => {
      const error = errorOf(request);
      if (error === undefined) resolve();
      else reject(error);
    });
    request.addEventListener('error', () => reject(new ApiError('call/lost')));
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function errorOf(request: XMLHttpRequest): ApiError | undefined {
  try {
    const reply: Reply<unknown> = JSON.parse(request.responseText);
    return reply.ok ? undefined : fromReply(reply.error);
  } catch (cause) {
    return request.status >= 200 && request.status < 300 ? undefined : new ApiError('call/lost', {}, { cause });
  }
}

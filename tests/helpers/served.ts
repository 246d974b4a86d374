import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Push, Reply } from '../../src/main/ipc/contract.ts';
import type { Core } from '../../src/main/ipc/core.ts';
import type { Timers } from '../../src/main/jobs/timers.ts';
import { type Downloads, openDownloads } from '../../src/main/serve/downloads.ts';
import { type UploadLimits, uploadLimits } from '../../src/main/serve/limits.ts';
import { type RunningServer, startServer } from '../../src/main/serve/server.ts';
import { openUploads, type UploadStore } from '../../src/main/serve/uploads.ts';
import { temporaryFolder } from './records.ts';

export const token = 'kidney-stones-are-no-fun-0123456789';
export const page = 'page-0123456789abcdef';

/** What a served page consists of in these tests. */
export const pageFiles: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>Hilum</title>',
  'assets/index-Ab3_dE9z.js': 'export const page = 1;',
  'assets/index-00000000.css': ':root { color: white; }',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

export interface Asked {
  readonly channel: string;
  readonly question: unknown;
  readonly caller: string;
}

/** A core that notes what reaches it. The server is the subject; what stands behind it is any Core. */
export interface FakeCore extends Core {
  readonly asked: readonly Asked[];
  push(push: Push): void;
  readonly listeners: number;
}

export function fakeCore(answer: (asked: Asked) => Promise<Reply<unknown>> | Reply<unknown>): FakeCore {
  const asked: Asked[] = [];
  const listeners = new Set<(push: Push) => void>();
  return {
    asked,
    get listeners() {
      return listeners.size;
    },
    push(push) {
      for (const listener of listeners) listener(push);
    },
    async call(channel, question, caller) {
      const each = { channel, question, caller: caller.id };
      asked.push(each);
      return answer(each);
    },
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    busyWith: () => [],
    close: async () => undefined,
  };
}

export interface Served {
  readonly server: RunningServer;
  readonly core: FakeCore;
  readonly downloads: Downloads;
  readonly uploads: UploadStore;
  /** Holds `page`, `uploads`, `downloads`, and a secret that nobody may be given. */
  readonly folder: string;
  readonly bugs: readonly unknown[];
}

interface ServeOptions {
  readonly answer?: (asked: Asked) => Promise<Reply<unknown>> | Reply<unknown>;
  readonly limits?: Partial<UploadLimits>;
  readonly allowedHosts?: readonly string[];
  readonly timers?: Timers;
  readonly nowMs?: () => number;
  readonly port?: number;
}

/** A real server on loopback; ended with the test. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(pageFiles)) {
    mkdirSync(join(folder, 'page', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'page', name), text);
  }
  writeFileSync(join(folder, 'secret.txt'), 'patient');
  writeFileSync(join(folder, 'page', 'index.js.map.bak'), 'patient');
  const core = fakeCore(options.answer ?? (() => ({ ok: true, value: {} })));
  const downloads = await openDownloads(join(folder, 'downloads'), options.nowMs);
  const uploads = await openUploads(join(folder, 'uploads'), { ...uploadLimits, ...options.limits });
  const bugs: unknown[] = [];
  const server = await startServer({
    core,
    downloads,
    uploads,
    host: '127.0.0.1',
    port: options.port ?? 0,
    token,
    allowedHosts: options.allowedHosts ?? [],
    rendererFolder: join(folder, 'page'),
    onBug: (_route, error) => bugs.push(error),
    ...(options.timers === undefined ? {} : { timers: options.timers }),
  });
  onTestFinished(() => server.close());
  return { server, core, downloads, uploads, folder, bugs };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  json(): unknown;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** A request whose every header the test decides; with the right token unless it says otherwise. */
export function ask({ port }: RunningServer, path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = question;
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, agent: false, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(pieces);
        const text = bytes.toString();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

export const bearer = (given: string = token): Readonly<Record<string, string>> => ({
  Authorization: `Bearer ${given}`,
  'X-Hilum-Page': page,
});

/** A call of the page. */
export function post(
  server: RunningServer,
  channel: string,
  question: unknown,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = { ...bearer(), 'Content-Type': 'application/json', ...more };
  return ask(server, `/api/${channel}`, { method: 'POST', headers, body: JSON.stringify(question) });
}

/** A connection on which the test writes what no client would; everything that comes back, until it is closed. */
export function raw({ port }: RunningServer, text: string | Uint8Array): { socket: Socket; closed: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  // A refused connection may end with a reset; what came before counts.
  socket.on('error', () => undefined);
  socket.write(text);
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(Buffer.concat(pieces).toString()));
  });
  onTestFinished(() => void socket.destroy());
  return { socket, closed };
}

/** A clock that moves when the test says so. */
export function handTimers(): Timers & { fire(): void } {
  const waiting = new Set<() => void>();
  return {
    after(_ms, callback) {
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
    fire() {
      for (const callback of [...waiting]) {
        waiting.delete(callback);
        callback();
      }
    },
  };
}

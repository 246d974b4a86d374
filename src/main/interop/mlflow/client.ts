import type { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { version } from '../../workspace/version.ts';
import type { Credentials } from './credentials.ts';
import { type Failure, failureOf, lostRequest, notUnderstood } from './failures.ts';
import { pause } from './pause.ts';
import type { TrackingServer } from './server.ts';

export interface ClientOptions {
  readonly server: TrackingServer;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Of one request, its answer included. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is made that fails for a passing cause. */
  readonly attempts?: number | undefined;
  /** Before the second attempt; doubled before each further one. */
  readonly firstPauseMs?: number | undefined;
}

interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the server's address, with its query. */
  readonly path: string;
  readonly type?: string | undefined;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  /** Twice is once on the server: it may be repeated when nobody knows whether it arrived. */
  readonly twiceIsOnce: boolean;
}

export interface Client {
  readonly server: TrackingServer;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** @param twiceIsOnce as of the question: false unless it only reads or sets */
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, twiceIsOnce?: boolean): Promise<T>;
  delete(path: string, body: unknown): Promise<void>;
  put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  text(path: string): Promise<string>;
}

const usual = { timeoutMs: 30_000, attempts: 4, firstPauseMs: 500 } as const;
const answerLimitBytes = 64 * 2 ** 20;
const mostRedirects = 3;

/**
 * Asks a tracking server. A token goes to the server's own origin and nowhere else.
 * All functions throw HilumError `tracking/…`, or `cancelled/by-user` when the signal ended them.
 */
export function openClient(options: ClientOptions): Client {
  const { server } = options;
  const json = async <T>(question: Question, schema: z.ZodType<T>): Promise<T> => {
    const parsed = schema.safeParse(parsedJson(await ask(options, question)));
    if (!parsed.success) throw notUnderstood(server, `an answer of another form (${question.path.split('?')[0]})`);
    return parsed.data;
  };
  const written = (method: 'POST' | 'DELETE', path: string, body: unknown, twiceIsOnce: boolean): Question => ({
    ...{ method, path, twiceIsOnce },
    type: 'application/json',
    body: JSON.stringify(body),
  });
  return {
    server,
    get: (path, schema) => json({ method: 'GET', path, twiceIsOnce: true }, schema),
    post: (path, body, schema, twiceIsOnce = false) => json(written('POST', path, body, twiceIsOnce), schema),
    delete: async (path, body) => void (await ask(options, written('DELETE', path, body, true))),
    put: async (path, bytes) =>
      void (await ask(options, {
        method: 'PUT',
        path,
        twiceIsOnce: true,
        type: 'application/octet-stream',
        body: bytes,
      })),
    text: async (path) => new TextDecoder().decode(await ask(options, { method: 'GET', path, twiceIsOnce: true })),
  };
}

async function ask(options: ClientOptions, question: Question): Promise<Uint8Array> {
  const { attempts = usual.attempts, firstPauseMs = usual.firstPauseMs } = options;
  for (let attempt = 1; ; attempt++) {
    const answer = await once(options, question);
    if (answer instanceof Uint8Array) return answer;
    const { error, passing, untouched, waitMs } = answer;
    if (!passing || attempt >= attempts || !(untouched || question.twiceIsOnce)) throw error;
    await pause(waitMs ?? firstPauseMs * 2 ** (attempt - 1), options.signal);
  }
}

async function once(options: ClientOptions, question: Question): Promise<Uint8Array | Failure> {
  const { server, signal, timeoutMs = usual.timeoutMs } = options;
  const ends = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await follow(options, question, ends);
    const bytes = await readAll(server, response);
    return response.ok ? bytes : failureOf(server, response, maybeJson(bytes));
  } catch (error) {
    if (signal.aborted) throw new HilumError('cancelled/by-user');
    if (error instanceof HilumError) throw error;
    return lostRequest(server, ends.aborted ? ends.reason : error);
  }
}

/** Follows within the origin only; anything else is handed back as it came. */
async function follow(
  { server, credentials }: ClientOptions,
  question: Question,
  signal: AbortSignal,
): Promise<Response> {
  const { method, body, type } = question;
  const headers = new Headers({ accept: 'application/json', 'user-agent': `hilum/${version}` });
  if (type !== undefined) headers.set('content-type', type);
  if (credentials.header !== undefined) headers.set('authorization', credentials.header);
  let url = new URL(`${server.address}${question.path}`);
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(url.href, { method, headers, body: body ?? null, redirect: 'manual', signal });
    const target = redirectTarget(response, url, method);
    if (target === undefined || target.origin !== server.origin || redirects === mostRedirects) return response;
    await response.body?.cancel();
    url = target;
  }
}

/** Only those that keep the method: a POST that becomes a GET is another question. */
function redirectTarget({ status, headers }: Response, from: URL, method: string): URL | undefined {
  const keeps = status === 307 || status === 308 || (method === 'GET' && [301, 302, 303].includes(status));
  const location = headers.get('location');
  return keeps && location !== null && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

async function readAll(server: TrackingServer, response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > answerLimitBytes) throw notUnderstood(server, `an answer of more than ${answerLimitBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsedJson(bytes: Uint8Array): unknown {
  return maybeJson(bytes) ?? null;
}

function maybeJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

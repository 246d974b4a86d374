import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { TrackingServer } from './server.ts';

const errorSchema = z.object({ error_code: z.string().regex(/^[A-Z_]{1,60}$/) });

/** What a failed request means for the next one. */
export interface Failure {
  readonly error: HilumError;
  /** It may do better a moment later. */
  readonly passing: boolean;
  /** The server did nothing of it for certain: it can be sent again as it is. */
  readonly untouched: boolean;
  /** Wish of the server, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** Of an answer that is no success. What the server says in its sentence is not kept: it repeats our values. */
export function failureOf(server: TrackingServer, response: Response, body: unknown): Failure {
  const { status } = response;
  const about = { server: hostOf(server), status };
  if (status === 401 || status === 403) return final(new HilumError('tracking/denied', about));
  if (status >= 300 && status < 400) return final(new HilumError('tracking/redirected', about));
  if (status === 429 || status === 408 || status >= 500) {
    const error = unreachable(server, `HTTP ${status}`);
    return { error, passing: true, untouched: status === 429, waitMs: retryAfterMs(response) };
  }
  const known = errorSchema.safeParse(body);
  if (known.success) return final(new HilumError('tracking/refused', { ...about, what: known.data.error_code }));
  return final(new HilumError('tracking/not-mlflow', { server: hostOf(server), what: `HTTP ${status}` }));
}

const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Of a request that got no answer. */
export function lostRequest(server: TrackingServer, error: unknown): Failure {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { error: unreachable(server, 'no answer in time'), passing: true, untouched: false };
  }
  const code = codeOf(error);
  const what = code === 'ECONNREFUSED' ? 'nobody answers there' : `the connection failed (${code ?? 'unknown cause'})`;
  return { error: unreachable(server, what), passing: true, untouched: code !== undefined && notSent.has(code) };
}

export function notUnderstood(server: TrackingServer, what: string): HilumError {
  return new HilumError('tracking/not-mlflow', { server: hostOf(server), what });
}

/** Whether an error is the server's answer with this code. */
export function isRefusal(error: unknown, what: string): boolean {
  return error instanceof HilumError && error.code === 'tracking/refused' && error.facts.what === what;
}

export const hostOf = ({ origin }: TrackingServer): string => new URL(origin).host;

const final = (error: HilumError): Failure => ({ error, passing: false, untouched: true });

function unreachable(server: TrackingServer, what: string): HilumError {
  return new HilumError('tracking/unreachable', { server: hostOf(server), what });
}

/** Node hides the errno of a failed connection in the cause, or in the first of several. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

const longestWaitMs = 30_000;

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, longestWaitMs) : undefined;
}

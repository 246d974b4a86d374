import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../ipc/core.ts';

/** What a page calls itself, so that its uploads stay its own. Random, at least as long as nobody guesses. */
const pagePattern = /^[A-Za-z0-9_-]{16,64}$/;

export function callerOf(request: IncomingMessage): Caller {
  const given = request.headers['x-hilum-page'];
  if (typeof given === 'string' && pagePattern.test(given)) return { id: given };
  return { id: randomBytes(16).toString('hex') };
}

import { pageHeaders } from '../page/page-headers.ts';
import type { Exchange } from './exchange.ts';
import { serveLimits } from './limits.ts';
import { newAddress } from './random-name.ts';
import { sendBytes } from './reply.ts';

/**
 * Addresses that open the page once, with its token. The system is told an address on a command line, which every user of the
 * machine can read; the token itself must not stand there.
 */
export interface Openings {
  /** Path of a new one. */
  make(): string;
  /** `GET /open/<code>`: leads to the page, with the token where the code is good. */
  answer(code: string, exchange: Exchange): void;
}

export function openOpenings(token: string, nowMs: () => number = Date.now): Openings {
  const untilMs = new Map<string, number>();
  return {
    make() {
      const code = newAddress();
      untilMs.set(code, nowMs() + serveLimits.openingMs);
      return `/open/${code}`;
    },
    answer(code, { response }) {
      const good = (untilMs.get(code) ?? 0) > nowMs();
      untilMs.delete(code);
      if (good) sendBytes(response, 200, 'text/html; charset=utf-8', leadingTo(`/#token=${token}`));
      else response.writeHead(303, { ...pageHeaders, Location: '/' }).end();
    },
  };
}

/** In the page and not in a header, which proxies write down. */
function leadingTo(address: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Hilum</title><meta http-equiv="refresh" content="0; url=${address}">`;
}

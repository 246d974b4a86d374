import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer; `path` and `query` are as they came, nothing is decoded. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: string;
}

export function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  return { request, response, ...addressOf(request) };
}

export function addressOf(request: IncomingMessage): { path: string; query: string } {
  const address = request.url ?? '';
  const mark = address.indexOf('?');
  if (mark === -1) return { path: address, query: '' };
  return { path: address.slice(0, mark), query: address.slice(mark + 1) };
}

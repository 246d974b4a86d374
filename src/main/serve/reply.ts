import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { toEnvelope } from '../../pipeline/domain/errors.ts';
import type { Reply } from '../ipc/contract.ts';
import { pageHeaders } from '../page/page-headers.ts';
import { TransportFault } from './transport-fault.ts';

const jsonType = 'application/json; charset=utf-8';

export function sendReply(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  sendBytes(response, status, jsonType, JSON.stringify(reply));
}

/** @param headers besides those that stand on every answer */
export function sendBytes(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, { ...pageHeaders, 'Content-Type': type, 'Content-Length': length, ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers with an error. What has not been read of a body stays unread: the connection ends with the answer. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, reply } = refusal(error);
  const unread = hasBody(response.req) && !response.req.complete;
  sendBytes(response, status, jsonType, JSON.stringify(reply), unread ? { Connection: 'close' } : {});
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** The same on a connection that has no response object: a refused upgrade, a request that is no HTTP. */
export function refuseSocket(socket: Duplex, error: unknown): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, reply } = refusal(error);
  const body = JSON.stringify(reply);
  const lines = Object.entries({
    ...pageHeaders,
    'Content-Type': jsonType,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function refusal(error: unknown): { status: number; reply: Reply<unknown> } {
  const fault = error instanceof TransportFault;
  const { code, facts } = toEnvelope(fault ? error.error : error);
  return { status: fault ? error.status : 500, reply: { ok: false, error: { code, facts: { ...facts } } } };
}

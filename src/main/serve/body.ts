import type { IncomingMessage } from 'node:http';
import { badInput, TransportFault } from './transport-fault.ts';

/**
 * Reads a JSON body of at most `limit` bytes; of a longer one nothing past the limit is read.
 * @throws TransportFault 413 `call/too-large`, 400 `call/bad-input`
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw badInput('its type is not application/json');
  if (request.headers['content-encoding'] !== undefined) throw badInput('it is compressed');
  return parse(await readBody(request, limit));
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = (): TransportFault => new TransportFault(413, 'call/too-large', { limit });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of piecesOf(request)) {
    bytes += piece.length;
    if (bytes > limit) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The body, piece by piece. A reader that stops early leaves the connection open, so that the page can still be answered. */
export async function* piecesOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    if (Buffer.isBuffer(piece)) yield piece;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw badInput('it is no JSON');
  }
}

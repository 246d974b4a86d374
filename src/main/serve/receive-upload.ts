import { hasCode } from '../../pipeline/domain/errors.ts';
import { piecesOf } from './body.ts';
import { callerOf } from './caller.ts';
import type { Exchange } from './exchange.ts';
import { sendReply } from './reply.ts';
import { badInput, TransportFault } from './transport-fault.ts';
import { badName } from './upload-name.ts';
import type { UploadStore } from './uploads.ts';

/** `PUT /upload/<id>?name=<relative path>`: one file of an upload. */
export async function receiveUpload(uploads: UploadStore, id: string, exchange: Exchange): Promise<void> {
  const { request, response, query } = exchange;
  const length = request.headers['content-length'];
  if (length === undefined) throw badInput('its length is not announced');
  try {
    const bytes = Number(length);
    await uploads.receive(id, callerOf(request), nameIn(query), bytes, piecesOf(request));
    sendReply(response, 200, { ok: true, value: { bytes } });
  } catch (error) {
    throw asFault(error);
  }
}

/** The one parameter of the address, as text. */
function nameIn(query: string): string {
  const [, encoded] = /^name=([^&]*)$/.exec(query) ?? [];
  if (encoded === undefined) throw badInput('no name is given');
  try {
    return decodeURIComponent(encoded.replaceAll('+', '%20'));
  } catch {
    throw badName('its name is not written in UTF-8');
  }
}

const statuses = [
  ['upload/unknown', 404],
  ['upload/too-large', 413],
  ['upload/bad-name', 400],
  ['call/bad-input', 400],
] as const;

function asFault(error: unknown): unknown {
  for (const [code, status] of statuses) {
    if (hasCode(error, code)) return new TransportFault(status, code, error.facts);
  }
  return error;
}

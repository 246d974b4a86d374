import type { Channel, Input, Output, Reply } from '../../main/ipc/contract.ts';
import { ApiError } from './api-error.ts';
import { listenOverSocket } from './push-socket.ts';
import type { Transport } from './transport.ts';

/** The core behind `hilum serve`. */
export function httpTransport(token: string): Transport {
  const headers = { Authorization: `Bearer ${token}`, 'X-Hilum-Page': pageId() };
  return {
    headers,
    call: (channel, input) => post(headers, channel, input),
    listen: (onPush, onConnection) => listenOverSocket(token, onPush, onConnection),
  };
}

/** Not randomUUID: it is missing where a page comes over plain http from another machine. */
function pageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function post<C extends Channel>(
  headers: Readonly<Record<string, string>>,
  channel: C,
  input: Input<C>,
): Promise<Reply<Output<C>>> {
  let response: Response;
  try {
    response = await fetch(`/api/${channel}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
      cache: 'no-store',
    });
  } catch (cause) {
    throw new ApiError('call/lost', {}, { cause });
  }
  try {
    return await response.json();
  } catch (cause) {
    throw new ApiError(refusesAccess(response.status) ? 'access/refused' : 'call/lost', {}, { cause });
  }
}

function refusesAccess(status: number): boolean {
  return status === 401 || status === 403;
}

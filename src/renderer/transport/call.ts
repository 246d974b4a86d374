import type { Channel, Input, Output } from '../../main/ipc/contract.ts';
import { ApiError, fromReply } from './api-error.ts';
import { httpTransport } from './http.ts';
import { takeToken } from './token.ts';
import type { Transport } from './transport.ts';
import { bridgeTransport } from './window-bridge.ts';

let chosen: Transport | null | undefined;

/** The way to the core; null where this page was opened without the address that the program printed. */
export function transport(): Transport | null {
  if (chosen === undefined) chosen = choose();
  return chosen;
}

function choose(): Transport | null {
  if (window.hilum !== undefined) return bridgeTransport(window.hilum);
  const token = takeToken();
  return token === null ? null : httpTransport(token);
}

/** Asks the core. @throws ApiError */
export async function call<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const way = transport();
  if (way === null) throw new ApiError('access/refused');
  const reply = await way.call(channel, input);
  if (!reply.ok) throw fromReply(reply.error);
  return reply.value;
}

import { calls } from '../ipc/contract.ts';
import type { Core } from '../ipc/core.ts';
import { isChannel } from '../ipc/dispatch.ts';
import { readJson } from './body.ts';
import { callerOf } from './caller.ts';
import type { Exchange } from './exchange.ts';
import { serveLimits } from './limits.ts';
import { sendReply } from './reply.ts';
import { notFound } from './transport-fault.ts';

/**
 * `POST /api/<channel>`: the core's answer, with status 200 whether it is a value or an error.
 * @throws TransportFault where the question does not even reach the core
 */
export async function answerCall(core: Core, name: string, { request, response }: Exchange): Promise<void> {
  if (!isChannel(name)) throw notFound();
  const question = await readJson(request, calls[name].maxBytes + serveLimits.bodySlackBytes);
  // A long answer (a measurement, a check of a model) is no idle connection.
  request.socket.setTimeout(0);
  const reply = await core.call(name, question, callerOf(request));
  sendReply(response, 200, reply);
}

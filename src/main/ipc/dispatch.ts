import type { z } from 'zod';
import { HilumError, toEnvelope } from '../../pipeline/domain/errors.ts';
import { type Channel, calls, type Output, type Parsed, type Reply } from './contract.ts';
import type { Caller, Handlers } from './core.ts';
import { requirePlain } from './plain.ts';

/** The contract once more, in a form in which a channel and its types stay together. */
const table: {
  readonly [C in Channel]: {
    readonly input: z.ZodType<Parsed<C>>;
    readonly output: z.ZodType<Output<C>>;
    readonly maxBytes: number;
  };
} = calls;

/** Told of each fault of our own, so that it can be logged without the question that led to it. */
export type OnBug = (channel: string, error: unknown) => void;

/**
 * Answers one call: name, size and shape of the question are checked before the handler sees it, and the answer is
 * reduced to what the contract names. Never throws.
 */
export async function dispatch(
  handlers: Handlers,
  channel: string,
  raw: unknown,
  caller: Caller,
  onBug: OnBug,
): Promise<Reply<unknown>> {
  try {
    if (!isChannel(channel)) throw new HilumError('call/unknown');
    return { ok: true, value: await answer(handlers, channel, raw, caller) };
  } catch (error) {
    const envelope = toEnvelope(error);
    if (envelope.code === 'bug/unexpected') onBug(channel, error);
    return { ok: false, error: { code: envelope.code, facts: { ...envelope.facts } } };
  }
}

async function answer<C extends Channel>(
  handlers: Handlers,
  channel: C,
  raw: unknown,
  caller: Caller,
): Promise<Output<C>> {
  const { input, output, maxBytes } = table[channel];
  requirePlain(raw, maxBytes);
  const question = input.safeParse(raw);
  if (!question.success) throw new HilumError('call/bad-input', { what: placeOf(question.error) });
  return output.parse(await handlers[channel](question.data, caller));
}

export function isChannel(name: string): name is Channel {
  return Object.hasOwn(calls, name);
}

/** Which part of the question is wrong; never its value. */
function placeOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'its shape' : `${issue.path.join('.') || 'its shape'}: ${issue.code}`;
}

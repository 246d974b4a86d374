import { useCallback, useEffect, useRef, useState } from 'react';
import type { Channel, Input, Output, Push } from '../../main/ipc/contract.ts';
import { type ApiError, toApiError } from './api-error.ts';
import { call } from './call.ts';
import { onReconnect, usePush } from './pushes.ts';

export interface Answer<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
  reload(): void;
}

interface Options {
  /** Pushes after which the answer may be another one. */
  readonly refreshOn?: (push: Push) => boolean;
  /** The old answer stays until the one to another question is there. Default true. */
  readonly keep?: boolean;
}

interface State<T> {
  readonly value: T | undefined;
  readonly error: ApiError | undefined;
  readonly loading: boolean;
}

const idle = { value: undefined, error: undefined, loading: false };

/**
 * Asks the core and keeps the answer up to date. `input` null asks nothing. Questions are compared by their JSON, late
 * answers to older ones are ignored, and while one is under way further reloads become a single one after it.
 */
export function useCall<C extends Channel>(
  channel: C,
  input: Input<C> | null,
  options: Options = {},
): Answer<Output<C>> {
  const { refreshOn, keep = true } = options;
  const question = input === null ? null : JSON.stringify(input);
  const [state, setState] = useState<State<Output<C>>>(question === null ? idle : { ...idle, loading: true });
  const asked = useRef(0);
  const pending = useRef(false);
  const askAgain = useRef(false);

  const ask = useCallback(async (): Promise<void> => {
    if (question === null) return;
    const mine = ++asked.current;
    pending.current = true;
    do {
      askAgain.current = false;
      setState((before) => ({ ...before, loading: true }));
      const next = await answerOf(channel, JSON.parse(question));
      if (mine !== asked.current) return;
      setState((before) => (next.error === undefined ? next : { ...next, value: before.value }));
    } while (askAgain.current);
    pending.current = false;
  }, [channel, question]);

  const reload = useCallback(() => {
    if (pending.current) askAgain.current = true;
    else void ask();
  }, [ask]);

  useEffect(() => {
    if (question === null) setState(idle);
    else if (!keep) setState({ ...idle, loading: true });
    void ask();
    return () => {
      asked.current++;
      pending.current = false;
    };
  }, [ask, keep, question]);

  useEffect(() => onReconnect(reload), [reload]);
  usePush((push) => {
    if (refreshOn?.(push)) reload();
  });
  return { ...state, reload };
}

async function answerOf<C extends Channel>(channel: C, input: Input<C>): Promise<State<Output<C>>> {
  try {
    return { value: await call(channel, input), error: undefined, loading: false };
  } catch (error) {
    return { value: undefined, error: toApiError(error), loading: false };
  }
}

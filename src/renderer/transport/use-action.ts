import { useCallback, useRef, useState } from 'react';
import { useNewest } from '../use-newest.ts';
import { type ApiError, toApiError } from './api-error.ts';

export interface Action<Args extends readonly unknown[], Result> {
  /** undefined when it failed, or was already busy. */
  run(...args: Args): Promise<Result | undefined>;
  readonly busy: boolean;
  readonly error: ApiError | undefined;
  clear(): void;
}

/** An asynchronous deed of a button with its busy state and its error; a second press while it is busy does nothing. */
export function useAction<Args extends readonly unknown[], Result>(
  deed: (...args: Args) => Promise<Result>,
): Action<Args, Result> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const running = useRef(false);
  const newest = useNewest(deed);
  const run = useCallback(
    async (...args: Args): Promise<Result | undefined> => {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      setError(undefined);
      try {
        return await newest.current(...args);
      } catch (thrown) {
        setError(toApiError(thrown));
        return undefined;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [newest],
  );
  const clear = useCallback(() => setError(undefined), []);
  return { run, busy, error, clear };
}

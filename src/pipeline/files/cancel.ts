import { HilumError } from '../domain/errors.ts';

/** @throws HilumError `cancelled/by-user` once the signal is set. */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new HilumError('cancelled/by-user');
}

/** The error to report: a failure that the signal itself brought about is a cancellation. */
export function orCancelled(error: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted === true ? new HilumError('cancelled/by-user', {}, { cause: error }) : error;
}

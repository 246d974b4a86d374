import { HilumError } from '../domain/errors.ts';

/** @throws HilumError `cancelled/by-user` when the signal is set */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new HilumError('cancelled/by-user');
}

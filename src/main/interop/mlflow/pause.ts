import { HilumError } from '../../../pipeline/domain/errors.ts';

/** Waits. @throws HilumError `cancelled/by-user` as soon as the signal ends it */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(new HilumError('cancelled/by-user'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

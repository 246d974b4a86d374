/**
 * Runs `work` on a stream with at most `concurrency` at a time and yields the results in the order of the input.
 * Decoding happens outside the JavaScript thread, so a few at once keep all cores busy while memory stays bounded.
 * A result is yielded as soon as it is there, also while the input has nothing more to give yet.
 */
export async function* inOrder<T, R>(
  input: AsyncIterable<T> | Iterable<T>,
  concurrency: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  const arrived = bell();
  const taken = bell();
  let state: 'open' | 'ended' | 'stopped' = 'open';
  const pump = async (): Promise<void> => {
    for await (const item of input) {
      if (state === 'stopped') return;
      const result = work(item);
      // The error surfaces where the result is awaited below; until then it must not count as unhandled.
      result.catch(() => undefined);
      running.push(result);
      arrived.ring();
      while (running.length >= concurrency && state === 'open') await taken.wait();
    }
  };
  const pumped = pump().finally(() => {
    if (state === 'open') state = 'ended';
    arrived.ring();
  });
  pumped.catch(() => undefined);
  try {
    for (;;) {
      const first = running[0];
      if (first !== undefined) {
        const result = await first;
        running.splice(0, 1);
        taken.ring();
        yield result;
      } else if (state === 'open') await arrived.wait();
      else break;
    }
    await pumped;
  } finally {
    state = 'stopped';
    taken.ring();
    await Promise.allSettled(running);
  }
}

/** One waiter at a time; a ring that nobody waits for is not lost, since the waiter checks its condition first. */
function bell() {
  let wake: () => void = () => undefined;
  return {
    ring: () => wake(),
    wait: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  };
}

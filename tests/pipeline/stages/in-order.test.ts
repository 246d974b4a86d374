import { describe, expect, it } from 'vitest';
import { inOrder } from '../../../src/pipeline/stages/in-order.ts';

function deferred<T>() {
  return Promise.withResolvers<T>();
}

describe('inOrder', () => {
  it('yields in the order of the input however the work ends', async () => {
    const gates = [deferred<string>(), deferred<string>(), deferred<string>()];
    const results: string[] = [];
    const reading = (async () => {
      for await (const each of inOrder(gates, 3, (gate) => gate.promise)) results.push(each);
    })();
    gates[2]?.resolve('third');
    gates[0]?.resolve('first');
    gates[1]?.resolve('second');
    await reading;
    expect(results).toEqual(['first', 'second', 'third']);
  });

  it('never works on more than the given number at once', async () => {
    let now = 0;
    let most = 0;
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return item;
    };
    const input = Array.from({ length: 50 }, (_, index) => index);
    const results: number[] = [];
    for await (const each of inOrder(input, 4, work)) results.push(each);
    expect(results).toEqual(input);
    expect(most).toBe(4);
  });

  it('hands out what is ready while the input has nothing more to give yet', async () => {
    const more = deferred<void>();
    async function* input() {
      yield 1;
      await more.promise;
      yield 2;
    }
    const results = inOrder(input(), 8, async (item) => item);
    expect(await results.next()).toEqual({ value: 1, done: false });
    more.resolve();
    expect(await results.next()).toEqual({ value: 2, done: false });
    expect((await results.next()).done).toBe(true);
  });

  it('ends with the error of the work, and with the error of the input', async () => {
    const failing = inOrder([1, 2, 3], 2, async (item) => {
      if (item === 2) throw new Error('work');
      return item;
    });
    expect((await failing.next()).value).toBe(1);
    await expect(failing.next()).rejects.toThrow('work');
    async function* broken() {
      yield 1;
      throw new Error('input');
    }
    const reading = inOrder(broken(), 2, async (item) => item);
    expect((await reading.next()).value).toBe(1);
    await expect(reading.next()).rejects.toThrow('input');
  });
});

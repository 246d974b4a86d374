import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { forkWorker } from '../../../src/main/jobs/ports/child-process.ts';
import { startWorker, type WorkerHandle } from '../../../src/main/jobs/supervisor.ts';
import { createViewer } from '../../../src/main/session/viewer-worker.ts';
import { handTimers } from '../../helpers/hand-timers.ts';

const script = new URL('../../helpers/tiny-worker.ts', import.meta.url).pathname;
const idleMs = 60_000;
const limitMs = 120_000;
const answer = z.object({ behaviour: z.string() });

function handViewer() {
  const timers = handTimers();
  const workers: WorkerHandle[] = [];
  const viewer = createViewer({
    timers,
    openWorker: async () => {
      const worker = await startWorker(() => forkWorker({ script, heapMb: 64 }));
      workers.push(worker);
      return worker;
    },
  });
  onTestFinished(() => viewer.close());
  const ask = (behaviour: string) => viewer.run('verify', { behaviour }, answer);
  return { viewer, timers, workers, ask };
}

describe('the viewer', () => {
  it('answers one after the other in one process', async () => {
    const { workers, ask } = handViewer();
    const answers = await Promise.all(['a', 'b', 'c'].map(ask));
    expect(answers.map(({ behaviour }) => behaviour)).toEqual(['a', 'b', 'c']);
    expect(workers).toHaveLength(1);
  });

  it('[F3] tells who asked when its process dies, and starts another for the next', async () => {
    const { workers, ask } = handViewer();
    const died = ask('kill');
    const next = ask('answer');
    await expect(died).rejects.toMatchObject({ code: 'worker/died' });
    await expect(next).resolves.toEqual({ behaviour: 'answer' });
    await expect(ask('fail')).rejects.toMatchObject({ code: 'model/missing' });
    expect(workers.map(({ alive }) => alive)).toEqual([false, true]);
  });

  it('ends a process that does not answer', async () => {
    const { timers, ask } = handViewer();
    await ask('answer');
    const silent = ask('silent');
    await new Promise((resolve) => setImmediate(resolve));
    timers.fire(limitMs);
    await expect(silent).rejects.toMatchObject({ code: 'worker/died', facts: { reason: 'silent for 120 s' } });
  });

  it('lets its process go when nobody has asked for a while', async () => {
    const { viewer, timers, workers, ask } = handViewer();
    await ask('a');
    timers.fire(idleMs);
    await ask('b');
    expect(workers.map(({ alive }) => alive)).toEqual([false, true]);
    await viewer.close();
    expect(workers.some(({ alive }) => alive)).toBe(false);
    expect(timers.waiting).toBe(0);
    await expect(ask('c')).rejects.toMatchObject({ code: 'call/lost' });
  });
});

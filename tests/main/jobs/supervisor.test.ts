import { afterEach, describe, expect, it, vi } from 'vitest';
import { forkWorker } from '../../../src/main/jobs/ports/child-process.ts';
import { runStage } from '../../../src/main/jobs/run-stage.ts';
import { startWorker, type WorkerHandle, type WorkerOptions } from '../../../src/main/jobs/supervisor.ts';
import type { Timers } from '../../../src/main/jobs/timers.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';

const script = new URL('../../helpers/tiny-worker.ts', import.meta.url).pathname;
const started: WorkerHandle[] = [];

async function tinyWorker(options: WorkerOptions = {}): Promise<WorkerHandle> {
  const worker = await startWorker(() => forkWorker({ script, heapMb: 64 }), options);
  started.push(worker);
  return worker;
}

/** Timers that fire when the test says so. */
function handTimers(): Timers & { fire(ms: number): void } {
  const waiting = new Map<() => void, number>();
  return {
    after: (ms, callback) => {
      waiting.set(callback, ms);
      return () => waiting.delete(callback);
    },
    fire: (ms) => {
      for (const [callback, due] of waiting) if (due === ms) waiting.delete(callback) && callback();
    },
  };
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(started.splice(0).map((worker) => worker.stop()));
});

describe('a stage in a worker', () => {
  it('gives its value and its progress', async () => {
    const worker = await tinyWorker();
    const steps: number[] = [];
    const onProgress = (progress: { fraction: number }) => void steps.push(progress.fraction);
    const result = await runStage(worker, { stage: 'verify', input: { behaviour: 'answer' }, onProgress });
    expect(result).toMatchObject({ outcome: 'completed', value: { behaviour: 'answer' } });
    expect(steps).toEqual([0.5]);
    expect(worker.pid).toBeGreaterThan(0);
    expect(worker.pid).not.toBe(process.pid);
  });

  it('gets no secrets from our environment', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('NODE_OPTIONS', '');
    const worker = await tinyWorker();
    const { value } = await runStage(worker, { stage: 'verify', input: { behaviour: 'answer' } });
    expect(value).toMatchObject({ env: expect.arrayContaining(['PATH']) });
    expect(value).not.toMatchObject({ env: expect.arrayContaining(['AWS_SECRET_ACCESS_KEY']) });
    expect(value).not.toMatchObject({ env: expect.arrayContaining(['NODE_OPTIONS']) });
  });

  it('waits for each event to be stored before it goes on', async () => {
    const worker = await tinyWorker();
    const stored: number[] = [];
    let mostAtOnce = 0;
    let atOnce = 0;
    const { value } = await runStage(worker, {
      stage: 'train',
      input: { epochs: 5 },
      onEvent: async (event) => {
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        if (event.kind === 'epoch') stored.push(event.metrics.epoch);
        atOnce--;
      },
    });
    expect(stored).toEqual([1, 2, 3, 4, 5]);
    expect(mostAtOnce).toBe(1);
    expect(value).toHaveLength(5);
  });

  it('stops with the error of a callback that could not store', async () => {
    const worker = await tinyWorker();
    const onEvent = () => {
      throw new HilumError('disk/full');
    };
    await expect(runStage(worker, { stage: 'train', input: { epochs: 2 }, onEvent })).rejects.toMatchObject({
      code: 'disk/full',
    });
  });

  it('passes the error of the stage on', async () => {
    const worker = await tinyWorker();
    const failing = runStage(worker, { stage: 'verify', input: { behaviour: 'fail' } });
    await expect(failing).rejects.toMatchObject({ code: 'model/missing', facts: { model: 'm' } });
    await expect(runStage(worker, { stage: 'verify', input: { behaviour: 'answer' } })).resolves.toBeDefined();
  });

  it('keeps an answer that was sent just before the end', async () => {
    for (let round = 0; round < 5; round++) {
      const worker = await tinyWorker();
      const input = { behaviour: 'answer-and-exit' };
      await expect(runStage(worker, { stage: 'verify', input })).resolves.toMatchObject({ outcome: 'completed' });
    }
  });

  it('[F6] is cancelled by a signal, a second time without effect', async () => {
    const worker = await tinyWorker();
    const controller = new AbortController();
    const input = { behaviour: 'wait-for-cancel' };
    const running = runStage(worker, { stage: 'verify', input, signal: controller.signal });
    controller.abort();
    controller.abort();
    await expect(running).resolves.toMatchObject({ outcome: 'cancelled' });
    await expect(runStage(worker, { stage: 'verify', input, signal: controller.signal })).resolves.toMatchObject({
      outcome: 'cancelled',
    });
    expect(worker.alive).toBe(true);
  });

  it('[A13] that does not heed a cancel is ended after the grace', async () => {
    const timers = handTimers();
    const worker = await tinyWorker({ graceMs: 5000, timers });
    const controller = new AbortController();
    const running = runStage(worker, { stage: 'verify', input: { behaviour: 'hang' }, signal: controller.signal });
    controller.abort();
    timers.fire(5000);
    await expect(running).resolves.toMatchObject({ outcome: 'cancelled' });
    expect(worker.alive).toBe(false);
  });
});

describe('[A13] a worker that dies', () => {
  it.each([
    ['abort', 'signal SIGABRT'],
    ['segv', 'signal SIGSEGV'],
    ['kill', 'signal SIGKILL'],
    ['exit0', 'exit code 0'],
    ['exit3', 'exit code 3'],
    ['reject', 'exit code 1'],
    ['oom', 'out of memory'],
    ['garbage', 'sent a message that is not in the protocol'],
  ])('by %s rejects every caller with the reason', async (behaviour, reason) => {
    const worker = await tinyWorker();
    const running = runStage(worker, { stage: 'verify', input: { behaviour } });
    await expect(running).rejects.toMatchObject({ code: 'worker/died', facts: { reason } });
    expect(worker.alive).toBe(false);
    const later = runStage(worker, { stage: 'verify', input: { behaviour: 'answer' } });
    await expect(later).rejects.toMatchObject({ code: 'worker/died' });
  });

  it.each(['abort', 'segv', 'exit0', 'reject'])('by %s at its start is not started again', async (behaviour) => {
    vi.stubEnv('HILUM_TINY_START', behaviour);
    let forks = 0;
    const openPort = () => {
      forks++;
      return forkWorker({ script, heapMb: 64 });
    };
    await expect(startWorker(openPort)).rejects.toMatchObject({ code: 'worker/not-ready' });
    expect(forks).toBe(1);
  });

  it('or never says ready is ended at the deadline', async () => {
    vi.stubEnv('HILUM_TINY_START', 'hang');
    const timers = handTimers();
    const starting = tinyWorker({ readyWithinMs: 7000, timers });
    timers.fire(7000);
    await expect(starting).rejects.toMatchObject({
      code: 'worker/not-ready',
      facts: { reason: 'no answer within 7 s' },
    });
  });

  it('or cannot be started at all is named', async () => {
    const missing = () => forkWorker({ script: '/nowhere/worker.ts', heapMb: 64 });
    await expect(startWorker(missing)).rejects.toMatchObject({ code: 'worker/not-ready' });
    const refused = () => {
      throw Object.assign(new Error('spawn'), { code: 'EAGAIN' });
    };
    await expect(startWorker(refused)).rejects.toMatchObject({ facts: { reason: 'EAGAIN' } });
  });
});

describe('stopping a worker', () => {
  it('cancels what runs and lets it end by itself', async () => {
    const worker = await tinyWorker();
    const running = runStage(worker, { stage: 'verify', input: { behaviour: 'wait-for-cancel' } });
    await worker.stop();
    await expect(running).resolves.toMatchObject({ outcome: 'cancelled' });
    expect(worker.alive).toBe(false);
    await worker.stop();
  });

  it('ends one that hangs after the grace', async () => {
    const timers = handTimers();
    const worker = await tinyWorker({ graceMs: 3000, timers });
    const running = runStage(worker, { stage: 'verify', input: { behaviour: 'hang' } });
    const stopped = worker.stop();
    timers.fire(3000);
    await stopped;
    await expect(running).resolves.toMatchObject({ outcome: 'cancelled' });
  });

  it('is not blocked by a flood on stderr', async () => {
    const worker = await tinyWorker();
    const running = runStage(worker, { stage: 'verify', input: { behaviour: 'noise' } });
    await expect(running).resolves.toMatchObject({ outcome: 'completed' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Push } from '../../../src/main/ipc/contract.ts';
import { createJobQueue } from '../../../src/main/session/job-queue.ts';
import { partOfJob } from '../../../src/main/session/part-of-job.ts';
import type { JobContext, JobQueue } from '../../../src/main/session/queue.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { epochRow } from '../../helpers/records.ts';

interface Started {
  readonly context: JobContext;
  end(error?: unknown): void;
}

/** A queue whose jobs end when the test says so. */
function handQueue() {
  const pushes: Push[] = [];
  const bugs: unknown[] = [];
  const clock = { ms: 0 };
  let ids = 0;
  const queue = createJobQueue({
    context: () => ({
      cwd: '/',
      signal: new AbortController().signal,
      now: () => `t${clock.ms}`,
      newId: () => `job-${++ids}`,
      say: () => undefined,
      showProgress: () => ({ update: () => undefined, stop: () => undefined }),
      openWorker: () => Promise.reject(new Error('not here')),
    }),
    push: (push) => pushes.push(push),
    nowMs: () => clock.ms,
    onBug: (_kind, error) => bugs.push(error),
    locate: async (error) => error,
  });
  const started: Started[] = [];
  const add = (title: string): string =>
    queue.add({
      ...{ kind: 'classify', title, subject: null },
      run: (context) =>
        new Promise((resolve, reject) => {
          started.push({ context, end: (error) => (error === undefined ? resolve() : reject(error)) });
        }),
    }).id;
  return { queue, pushes, bugs, clock, started, add };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const states = (queue: JobQueue): string[] => queue.list().map(({ title, state }) => `${title} ${state}`);

describe('the queue of jobs', () => {
  it('runs one at a time, in order', async () => {
    const { queue, started, add } = handQueue();
    for (const title of ['a', 'b', 'c']) add(title);
    expect(states(queue)).toEqual(['a running', 'b queued', 'c queued']);
    expect(queue.busyWith()).toEqual(['a', 'b', 'c']);
    started[0]?.end();
    await turn();
    expect(states(queue)).toEqual(['b running', 'c queued', 'a completed']);
    started[1]?.end(new HilumError('disk/full'));
    await turn();
    expect(states(queue)).toEqual(['c running', 'b failed', 'a completed']);
    expect(queue.list()[1]).toMatchObject({ error: { code: 'disk/full', facts: {} } });
    started[2]?.end();
    await turn();
    expect(queue.busyWith()).toEqual([]);
  });

  it('[F6] cancels a queued job at once and asks a running one, twice is once', async () => {
    const { queue, started, add } = handQueue();
    const [a, b] = [add('a'), add('b')];
    for (const id of [b, b, a, a]) queue.cancel(id);
    expect(states(queue)).toEqual(['a cancelling', 'b cancelled']);
    expect(started[0]?.context.signal.aborted).toBe(true);
    started[0]?.end(new HilumError('cancelled/by-user'));
    await turn();
    expect(states(queue)).toEqual(['a cancelled', 'b cancelled']);
    expect(started).toHaveLength(1);
    queue.cancel(a);
    expect(() => queue.cancel('job-9')).toThrow('job/unknown');
  });

  it('ends as completed when it was just done as it was cancelled', async () => {
    const { queue, started, add } = handQueue();
    queue.cancel(add('a'));
    started[0]?.end();
    await turn();
    expect(states(queue)).toEqual(['a completed']);
  });

  it('tells faults of our own by kind, without their text', async () => {
    const { queue, bugs, started, add } = handQueue();
    add('a');
    started[0]?.end(new TypeError('/scans/SECRET^NAME'));
    await turn();
    expect(queue.list()[0]?.error).toEqual({ code: 'bug/unexpected', facts: { name: 'TypeError' } });
    expect(bugs).toHaveLength(1);
  });

  it('shows progress with rate and time left, parts of a job as parts of the whole', () => {
    const { queue, clock, started, add } = handQueue();
    add('a');
    const { context } = started[0] ?? {};
    if (context === undefined) throw new Error('not started');
    const view = partOfJob(context, 0.5, 1).showProgress();
    view.update({ step: 'Classifying', done: 0, total: 100, fraction: 0 });
    expect(queue.list()[0]?.progress).toMatchObject({ fraction: 0.5, perSecond: null, remainingMs: null });
    clock.ms = 2000;
    view.update({ step: 'Classifying', done: 50, total: 100, fraction: 0.5 });
    expect(queue.list()[0]?.progress).toMatchObject({ done: 50, fraction: 0.75, perSecond: 25, remainingMs: 2000 });
  });

  it('pushes each change, epochs and runs too', async () => {
    const { pushes, started, add } = handQueue();
    add('a');
    started[0]?.context.onRun?.('run-1');
    started[0]?.context.onEpoch?.('run-1', 0, epochRow(1));
    started[0]?.context.setResumable(true);
    started[0]?.end(new HilumError('worker/died', { reason: 'x' }));
    await turn();
    const told = pushes.map((push) => (push.topic === 'job' ? push.job.state : push.topic));
    expect(told).toEqual(['queued', 'running', 'running', 'changed', 'epoch', 'running', 'failed']);
    expect(pushes.at(-1)).toMatchObject({ job: { subject: 'run-1', resumable: true, endedAt: 't0' } });
  });

  it('forgets a job that is dismissed once it has ended, and the oldest of more than 100', async () => {
    const { queue, pushes, started, add } = handQueue();
    const first = add('first');
    queue.dismiss(first);
    expect(queue.list()).toHaveLength(1);
    for (let number = 1; number <= 101; number++) {
      started.at(-1)?.end();
      await turn();
      add(`${number}`);
    }
    expect(queue.list()).toHaveLength(101);
    expect(pushes).toContainEqual({ topic: 'job-gone', job: first });
    const newest = queue.list()[1]?.id ?? '';
    queue.dismiss(newest);
    expect(() => queue.dismiss(newest)).toThrow('job/unknown');
  });

  it('[F6] closes when the running job has ended, and takes no more', async () => {
    const { queue, started, add } = handQueue();
    for (const title of ['a', 'b']) add(title);
    const closed = queue.close();
    expect(states(queue)).toEqual(['a cancelling', 'b cancelled']);
    started[0]?.end(new HilumError('cancelled/by-user'));
    await closed;
    expect(queue.busyWith()).toEqual([]);
    expect(() => add('c')).toThrow('call/lost');
  });
});

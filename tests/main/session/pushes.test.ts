import { describe, expect, it } from 'vitest';
import type { Job, Push } from '../../../src/main/ipc/contract.ts';
import { createPushes } from '../../../src/main/session/pushes.ts';
import { handTimers } from '../../helpers/hand-timers.ts';

const intervalMs = 100;
const job: Job = {
  id: 'j',
  kind: 'classify',
  title: 'Classify: incoming',
  state: 'running',
  subject: null,
  progress: null,
  queuedAt: '',
  startedAt: null,
  endedAt: null,
  error: null,
  resumable: false,
};

function listened() {
  const timers = handTimers();
  const pushes = createPushes(timers);
  const heard: Push[] = [];
  pushes.listen((push) => heard.push(push));
  return { timers, pushes, heard };
}

const progress = (done: number): Job['progress'] => ({
  ...{ step: 's', done, total: 9, fraction: done / 9 },
  perSecond: null,
  remainingMs: null,
});

describe('pushes', () => {
  it('passes the first of a subject at once, then the newest at most once an interval', () => {
    const { timers, pushes, heard } = listened();
    for (let done = 0; done < 5; done++) pushes.push({ topic: 'job', job: { ...job, progress: progress(done) } });
    expect(heard).toHaveLength(1);
    timers.fire(intervalMs);
    expect(heard).toHaveLength(2);
    expect(heard[1]).toMatchObject({ job: { progress: { done: 4 } } });
    timers.fire(intervalMs);
    expect(heard).toHaveLength(2);
    expect(timers.waiting).toBe(0);
    pushes.push({ topic: 'job', job });
    expect(heard).toHaveLength(3);
  });

  it('never holds back a change of state, and says nothing old after it', () => {
    const { timers, pushes, heard } = listened();
    pushes.push({ topic: 'job', job });
    pushes.push({ topic: 'job', job: { ...job, progress: progress(1) } });
    pushes.push({ topic: 'job', job: { ...job, state: 'completed' } });
    timers.fire(intervalMs);
    expect(heard.map((push) => (push.topic === 'job' ? push.job.state : ''))).toEqual(['running', 'completed']);
  });

  it('holds back each subject by itself', () => {
    const { pushes, heard } = listened();
    for (const batch of ['a', 'b', 'a', 'b']) pushes.push({ topic: 'batch', batch });
    pushes.push({ topic: 'changed', what: 'runs' });
    pushes.push({ topic: 'changed', what: 'models' });
    expect(heard).toHaveLength(4);
  });

  it('says what waits when it is closed, and nothing of a job that is gone', () => {
    const { timers, pushes, heard } = listened();
    pushes.push({ topic: 'job', job });
    pushes.push({ topic: 'job', job: { ...job, progress: progress(1) } });
    pushes.push({ topic: 'job-gone', job: 'j' });
    for (let i = 0; i < 2; i++) pushes.push({ topic: 'batch', batch: 'a' });
    pushes.close();
    timers.fire(intervalMs);
    expect(heard.map(({ topic }) => topic)).toEqual(['job', 'job-gone', 'batch', 'batch']);
  });

  it('stops telling whoever does not listen any more', () => {
    const { pushes } = listened();
    const heard: Push[] = [];
    const stop = pushes.listen((push) => heard.push(push));
    stop();
    pushes.push({ topic: 'batch', batch: 'a' });
    expect(heard).toEqual([]);
  });
});

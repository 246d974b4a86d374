import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/main/ipc/contract.ts';
import { jobText } from '../../../src/renderer/frame/job-text.ts';
import { inOrder, withJob } from '../../../src/renderer/stores/job-list.ts';

const job = (id: string, state: Job['state'], more: Partial<Job> = {}): Job => ({
  id,
  kind: 'classify',
  title: `Classify: ${id}`,
  state,
  subject: null,
  progress: null,
  queuedAt: '2026-11-23T10:00:00.000Z',
  startedAt: null,
  endedAt: null,
  error: null,
  resumable: false,
  ...more,
});

describe('list of jobs', () => {
  it('shows the running one first, then the queue, then the ended ones, newest first', () => {
    const jobs = [
      job('old', 'completed', { endedAt: '2026-11-23T10:05:00.000Z' }),
      job('second', 'queued', { queuedAt: '2026-11-23T10:11:00.000Z' }),
      job('new', 'failed', { endedAt: '2026-11-23T10:09:00.000Z' }),
      job('first', 'queued', { queuedAt: '2026-11-23T10:10:00.000Z' }),
      job('now', 'cancelling'),
    ];
    expect(inOrder(jobs).map(({ id }) => id)).toEqual(['now', 'first', 'second', 'new', 'old']);
  });

  it('puts a pushed job in the place of the one it was', () => {
    const jobs = withJob([job('a', 'running'), job('b', 'queued')], job('a', 'completed'));
    expect(jobs.map(({ id, state }) => `${id} ${state}`)).toEqual(['b queued', 'a completed']);
    expect(withJob(jobs, job('c', 'queued'))).toHaveLength(3);
  });

  it('says in words where a job is', () => {
    const progress = {
      step: 'Classifying',
      done: 312,
      total: 900,
      fraction: 0.3,
      perSecond: 41.2,
      remainingMs: 14_300,
    };
    expect(jobText(job('a', 'running', { progress }))).toBe('Classifying, 312 of 900, 41 images/s, 14 s left');
    expect(jobText(job('a', 'queued'))).toBe('Waiting for its turn');
    const times = { startedAt: '2026-11-23T10:00:00.000Z', endedAt: '2026-11-23T10:04:10.000Z' };
    expect(jobText(job('a', 'failed', times))).toBe('Failed after 4 min 10 s');
    expect(jobText(job('a', 'cancelled'))).toBe('Cancelled');
  });
});

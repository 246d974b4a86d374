import { beforeEach, describe, expect, it } from 'vitest';
import { FakeNotification } from './fake-electron.ts';
import { job, startApp } from './start.ts';

const progress = (fraction: number) => ({ step: 'x', done: 1, total: 2, fraction, perSecond: null, remainingMs: null });

let app: Awaited<ReturnType<typeof startApp>>;
const tell = (change: Parameters<typeof job>[0]) => app.core.push({ topic: 'job', job: job(change) });

beforeEach(async () => {
  FakeNotification.shown.length = 0;
  app = await startApp();
});

describe('the taskbar', () => {
  it('shows how far the running job is, and nothing when none runs', () => {
    tell({ state: 'queued' });
    tell({ state: 'running' });
    tell({ state: 'running', progress: progress(0.25) });
    tell({ state: 'cancelling', progress: progress(0.5) });
    tell({ state: 'cancelled', progress: progress(0.5) });
    expect(app.electron.window.bars).toEqual([2, 0.25, 0.5, -1]);
  });

  it('keeps the bar while another job runs, and takes it off when a running one vanishes', () => {
    tell({ id: 'a', progress: progress(0.1) });
    tell({ id: 'b', progress: progress(0.2) });
    tell({ id: 'a', state: 'completed' });
    expect(app.electron.window.bars).toEqual([0.1, 0.2]);
    app.core.push({ topic: 'job-gone', job: 'b' });
    expect(app.electron.window.bars).toEqual([0.1, 0.2, -1]);
  });
});

describe('[F5] the machine stays awake', () => {
  it('only while a job runs, however many push', () => {
    expect(app.electron.blockers.size).toBe(0);
    tell({ state: 'queued' });
    expect(app.electron.blockers.size).toBe(0);
    for (let push = 0; push < 5; push++) tell({ state: 'running' });
    expect(app.electron.blockerKinds).toEqual(['prevent-app-suspension']);
    expect(app.electron.blockers.size).toBe(1);
    tell({ state: 'failed' });
    expect(app.electron.blockers.size).toBe(0);
    tell({ id: 'job-2', state: 'running' });
    expect(app.electron.blockers.size).toBe(1);
  });
});

describe('a notification', () => {
  it('comes once at the end of a job when nobody looks, and names no folder', () => {
    app.electron.window.hasFocus = false;
    tell({ state: 'running' });
    tell({ state: 'completed' });
    tell({ state: 'completed' });
    expect(FakeNotification.shown.map(({ options }) => options)).toEqual([
      { title: 'Classification finished', body: 'Open Hilum to see the result.' },
    ]);
    expect(JSON.stringify(FakeNotification.shown)).not.toContain('MUSTERMANN');
  });

  it('says that a job failed, and brings the window to the front when pressed', () => {
    app.electron.window.hasFocus = false;
    tell({ kind: 'study', state: 'running' });
    tell({ kind: 'study', state: 'failed', error: { code: 'disk/full', facts: {} } });
    const [notification] = FakeNotification.shown;
    expect(notification?.options.title).toBe('Training failed');
    app.electron.window.isSmall = true;
    notification?.emit('click');
    expect(app.electron.window.did).toEqual(['restore', 'show', 'focus']);
  });

  it.each([
    ['the window has the focus', true, 'completed'],
    ['the user cancelled', false, 'cancelled'],
  ] as const)('does not come when %s', (_name, hasFocus, state) => {
    app.electron.window.hasFocus = hasFocus;
    tell({ state: 'running' });
    tell({ state });
    expect(FakeNotification.shown).toEqual([]);
  });

  it('does not come for jobs that ended before', () => {
    app.electron.window.hasFocus = false;
    tell({ state: 'completed' });
    app.core.push({ topic: 'job-gone', job: 'job-1' });
    expect(FakeNotification.shown).toEqual([]);
  });
});

it('a window that is gone is left alone', () => {
  tell({ state: 'running' });
  app.electron.window.isGone = true;
  tell({ state: 'running', progress: progress(0.5) });
  tell({ state: 'completed' });
  expect(app.electron.window.bars).toEqual([2]);
  expect(app.electron.blockers.size).toBe(0);
});

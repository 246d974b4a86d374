import { beforeEach, describe, expect, it } from 'vitest';
import { FakeEvent } from './fake-electron.ts';
import { startApp } from './start.ts';

let app: Awaited<ReturnType<typeof startApp>>;

function close(): FakeEvent {
  const event = new FakeEvent();
  app.electron.window.emit('close', event);
  return event;
}

/** As after the answer to the question. */
const answered = async () => {
  await expect.poll(() => app.electron.dialog.questions.length).toBeGreaterThan(0);
  await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(async () => {
  app = await startApp();
});

describe('closing the window', () => {
  it('closes the core, then the window, then the program, when nothing runs', async () => {
    expect(close().defaultPrevented).toBe(true);
    await expect.poll(() => app.electron.app.quits).toBe(1);
    expect(app.core.closes).toBe(1);
    expect(app.electron.dialog.questions).toEqual([]);
    expect(app.electron.window.did).toEqual(['hide', 'destroy']);
  });

  it('asks while a job runs, with keeping it running as the first answer', async () => {
    app.core.busy = ['Classify: incoming'];
    app.electron.dialog.answer = 2;
    close();
    await answered();
    expect(app.electron.dialog.questions[0]).toMatchObject({
      type: 'question',
      buttons: ['Keep running', 'Stop and quit', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
      detail: expect.stringContaining('Classify: incoming'),
    });
  });

  it.each([
    ['Keep running', 0, ['minimize']],
    ['Cancel', 2, []],
  ] as const)('%s leaves everything running, and asks again next time', async (_name, answer, did) => {
    app.core.busy = ['Classify: incoming'];
    app.electron.dialog.answer = answer;
    close();
    await answered();
    expect(app.electron.window.did).toEqual(did);
    expect([app.core.closes, app.electron.app.quits]).toEqual([0, 0]);
    close();
    await expect.poll(() => app.electron.dialog.questions).toHaveLength(2);
  });

  it('Stop and quit ends the jobs at a safe point before the window is gone', async () => {
    app.core.busy = ['a', 'b', 'c', 'd', 'e', 'f'];
    app.electron.dialog.answer = 1;
    close();
    await expect.poll(() => app.electron.app.quits).toBe(1);
    expect(app.core.closes).toBe(1);
    expect(app.electron.dialog.questions[0]?.message).toBe('6 jobs are running or queued.');
    expect(app.electron.window.did).toEqual(['hide', 'destroy']);
  });

  it('[F6] twice is once: neither a second question nor a second end', async () => {
    app.core.busy = ['a'];
    let press: (answer: number) => void = () => undefined;
    app.electron.dialog.answer = new Promise((resolve) => {
      press = resolve;
    });
    for (let times = 0; times < 3; times++) expect(close().defaultPrevented).toBe(true);
    press(1);
    for (let times = 0; times < 3; times++) close();
    await expect.poll(() => app.electron.app.quits).toBe(1);
    expect(app.electron.dialog.questions).toHaveLength(1);
    expect(app.core.closes).toBe(1);
  });

  it('a question that could not be asked is no answer', async () => {
    app.core.busy = ['a'];
    app.electron.dialog.answer = Promise.reject(new Error('no display'));
    close();
    await answered();
    expect([app.core.closes, app.electron.app.quits]).toEqual([0, 0]);
    app.electron.dialog.answer = 1;
    close();
    await expect.poll(() => app.electron.app.quits).toBe(1);
  });

  it('ends even when the core cannot be closed', async () => {
    app.core.close = async () => {
      throw new Error('disk');
    };
    close();
    await expect.poll(() => app.electron.app.quits).toBe(1);
  });
});

import type { Page } from 'playwright';
import { expect } from 'vitest';
import { type App, describeApp } from '../helpers/app.ts';
import { batchDone, chooseFolder, cliTable, exported } from '../helpers/batches.ts';
import { eventually } from '../helpers/eventually.ts';
import { tabAndEnter } from '../helpers/keyboard.ts';
import { drawScans } from '../helpers/scans.ts';
import { hasProc, killHard, workersOf } from '../helpers/workers.ts';

/** Enough for some seconds of work, so that a kill lands in the middle of it. */
const pictures = 600;

const prepare = async (folder: string): Promise<undefined> => {
  await drawScans(folder, pictures);
};
const progress = (page: Page) => page.getByText(new RegExp(`^[\\d,]+ of ${pictures + 1} files`));

/** What the command line makes of these pictures, undisturbed; they are the same in each spec. */
let undisturbed: Promise<string> | undefined;

async function expectSameTable({ page, folder }: App): Promise<void> {
  undisturbed ??= cliTable(folder, `${folder}/incoming`);
  expect(await exported(page, 'Table as CSV')).toBe(await undisturbed);
}

/** Starts the batch, and returns when some of its files are done and most are not. */
async function untilSomeAreDone({ page }: App): Promise<void> {
  await chooseFolder(page, 'incoming');
  await eventually(() => filesDone(page)).toBeGreaterThan(0);
  expect(await filesDone(page)).toBeLessThan(pictures);
}

async function filesDone(page: Page): Promise<number> {
  const text = await progress(page).textContent({ timeout: 30_000 });
  return Number.parseInt(text ?? '', 10);
}

describeApp('a batch whose processes are killed, by keyboard alone', (spec) => {
  spec(
    'goes on by itself when its worker dies once, and ends with the same table',
    async (app) => {
      await untilSomeAreDone(app);
      const [worker = 0] = workersOf(app.serving.pid);
      killHard(worker);
      await batchDone(app.page);
      expect(workersOf(app.serving.pid)).not.toContain(worker);
      await expectSameTable(app);
    },
    { prepare, firstRun: false, onlyIf: hasProc, timeoutMs: 300_000 },
  );

  spec(
    'whose workers die again and again says so, offers Resume, and ends with the same table',
    async (app) => {
      const { page, serving } = app;
      await untilSomeAreDone(app);
      const stopped = page.getByText(/^Classification stopped: [\d,]+ of 601 files are done/);
      while (!(await stopped.isVisible())) workersOf(serving.pid).forEach(killHard);
      await tabAndEnter(page, page.getByRole('button', { name: 'Resume' }));
      await stopped.waitFor({ state: 'hidden' });
      await batchDone(page);
      await expectSameTable(app);
    },
    { prepare, firstRun: false, onlyIf: hasProc, timeoutMs: 300_000 },
  );

  spec(
    'whose server dies is offered for resuming by the page that finds the new server',
    async (app) => {
      const { page } = app;
      await untilSomeAreDone(app);
      app.expectProblems(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/);
      await app.killAndRestart();
      await page.getByText(/^Interrupted before the end: [\d,]+ of 601 files are done/).waitFor({ timeout: 60_000 });
      await tabAndEnter(page, page.getByRole('button', { name: 'Resume' }));
      await page.getByText('Interrupted before the end').waitFor({ state: 'hidden' });
      await batchDone(page);
      await expectSameTable(app);
    },
    { prepare, firstRun: false, timeoutMs: 300_000 },
  );
});

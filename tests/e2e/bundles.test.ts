import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { withBundle } from '../../src/main/interop/bundle/read.ts';
import { writeBundle } from '../../src/main/interop/bundle/write.ts';
import { openRecords } from '../../src/main/records/index.ts';
import { keptFolder, keptNames } from '../../src/main/studies/kept.ts';
import { callApi, jobDone, trainRun } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import { addRun, sampleMetrics } from '../helpers/runs.ts';
import { makeStudy } from '../system/phantom-study.ts';

/** Two runs of another hospital, as the zip that came on a stick. */
async function prepare(folder: string): Promise<undefined> {
  const state = join(folder, 'elsewhere', '.hilum');
  mkdirSync(state, { recursive: true });
  let ids = 0;
  const records = openRecords(join(state, 'hilum.db'), { newId: () => `elsewhere-${++ids}` });
  const runs = ['Ward 7', 'Ward 7, crop'].map((name) => addRun(records, { run: { name }, losses: [0.9, 0.5] }));
  for (const run of runs) {
    mkdirSync(keptFolder(state, run), { recursive: true });
    writeFileSync(join(keptFolder(state, run), keptNames.metrics), JSON.stringify(sampleMetrics()));
  }
  const contents = { runs, withModels: false, withPredictions: true, names: 'replaced' } as const;
  await writeBundle({ records, state }, join(folder, 'stick.zip'), contents, '2026-03-01T10:00:00.000Z');
  records.close();
}

async function importBundle(page: Page, file: string): Promise<void> {
  await tabAndEnter(page, page.getByRole('button', { name: 'Import bundle…' }));
  const dialog = page.getByRole('dialog', { name: 'Import a run bundle' });
  await tabTo(page, dialog.getByRole('button', { name: 'Choose bundle' }));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(file);
}

const close = (page: Page): Promise<void> =>
  tabAndEnter(
    page,
    page
      .getByRole('dialog')
      .getByRole('button', { name: /^(Close|Cancel)$/ })
      .last(),
  );

describeApp('run bundles', (spec) => {
  spec(
    'come in by keyboard, once, say where they are from, and leave again as they came',
    async ({ page, folder }) => {
      await keys(page, 'g r');
      const stick = join(folder, 'stick.zip');
      await importBundle(page, stick);
      await page.getByText('2 runs imported.').waitFor();
      await page.getByText('Names of files and patients were left out').waitFor();
      expect(await violations(page, 'outcome of an import')).toEqual([]);
      await close(page);
      await importBundle(page, stick);
      await page.getByText('No run was new; 2 were here already.').waitFor();
      await close(page);

      const table = page.getByRole('grid', { name: 'Runs' });
      await eventually(() => table.getAttribute('aria-rowcount')).toBe('3');
      await tabTo(page, table);
      await keys(page, 'Home Space ArrowDown Space');
      await tabAndEnter(page, page.getByRole('button', { name: 'Export bundle…' }));
      const dialog = page.getByRole('dialog', { name: 'Export 2 runs as a bundle' });
      await dialog.getByText(/^About .* before it is packed/).waitFor();
      expect(await dialog.getByRole('checkbox', { name: /Names of files and patients/ }).isChecked()).toBe(false);
      expect(await violations(page, 'export dialog')).toEqual([]);
      const arriving = page.waitForEvent('download');
      await tabAndEnter(page, dialog.getByRole('button', { name: 'Export bundle' }));
      const path = join(folder, 'again.zip');
      await (await arriving).saveAs(path);
      const roots = [stick, path].map((each) => withBundle(each, async ({ bundle }) => bundle.root));
      const [before, after] = await Promise.all(roots);
      expect(after).toBe(before);

      await page.goto(`${new URL(page.url()).origin}/#/runs/elsewhere-1`);
      await page.getByRole('heading', { name: 'Ward 7', level: 1 }).waitFor();
      await page.getByText(`from bundle ${before?.slice(0, 8)}`).waitFor();
    },
    { prepare, firstRun: false },
  );

  spec(
    'that were changed on the way are refused with the reason, and nothing comes in',
    async ({ page, serving, folder }) => {
      const bytes = await readFile(join(folder, 'stick.zip'));
      await writeFile(join(folder, 'cut.zip'), bytes.subarray(0, bytes.length - 200));
      await keys(page, 'g r');
      await importBundle(page, join(folder, 'cut.zip'));
      const alert = page.getByRole('dialog').getByRole('alert');
      await alert.getByText('Nothing was imported', { exact: true }).waitFor();
      await alert.getByText('bundle/damaged').waitFor();
      const sort = { by: 'started', descending: true };
      const { of } = await callApi(serving, 'runs/query', {
        filter: '',
        sort,
        columns: [],
        all: true,
        offset: 0,
        limit: 9,
      });
      expect(of).toBe(0);
    },
    { prepare, firstRun: false },
  );
});

describeApp('a run that is trained again', (spec) => {
  spec(
    'is found equal, and its page says so',
    async ({ page, serving }) => {
      await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
      const run = await trainRun(serving, 'plain');
      await page.goto(`${serving.origin}/#/runs/${run}`);
      const panel = page.getByRole('region', { name: 'Repeatability' });
      await panel.getByText('Not tried yet.').waitFor();
      await tabAndEnter(page, panel.getByRole('button', { name: 'Verify: train again' }));
      await panel.getByText('Equal', { exact: true }).waitFor({ timeout: 60_000 });
      expect(await violations(page, 'verified run')).toEqual([]);
      const row = panel.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Weights' }) });
      expect(await row.getByRole('cell').first().textContent()).toBe('equal');
      expect((await callApi(serving, 'verifications/get', { run })).verification?.value.equal).toBe(true);
    },
    {
      prepare: async (folder: string) => ({ workspace: await makeStudy(folder, { scans: 4, slices: 3, epochs: 2 }) }),
      firstRun: false,
      onlyIf: hasTensorflow,
    },
  );
});

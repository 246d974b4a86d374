import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone, trainRun } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { hasFocus, keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import type { Serving } from '../helpers/serving.ts';
import { makeStudy } from '../system/phantom-study.ts';

const options = {
  prepare: async (folder: string) => ({ workspace: await makeStudy(folder, { scans: 4, slices: 4, epochs: 4 }) }),
  firstRun: false,
  onlyIf: hasTensorflow,
} as const;

/** Two runs that differ in one parameter. @returns their ids */
async function trainTwo(serving: Serving): Promise<[string, string]> {
  await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
  const plain = await trainRun(serving, 'plain');
  const changed = await trainRun(serving, 'dropout 0.4', (params) => ({
    ...params,
    head: { ...params.head, dropout: 0.4 },
  }));
  return [plain, changed];
}

const runs = (page: Page) => page.getByRole('grid', { name: 'Runs' });

describeApp('experiments, by keyboard alone', (spec) => {
  spec(
    'two runs are compared: exactly the changed parameter is shown',
    async ({ page, serving }) => {
      await trainTwo(serving);
      await keys(page, 'g r');
      await eventually(() => runs(page).getAttribute('aria-rowcount')).toBe('3');
      await tabTo(page, runs(page));
      await keys(page, 'Home Space ArrowDown Space c');
      await page.getByRole('heading', { name: 'Compare', level: 1 }).waitFor();
      await page.getByRole('rowheader', { name: 'head.dropout' }).waitFor();
      const heads = await page.getByRole('rowheader').allInnerTexts();
      const facts = heads.slice(0, heads.indexOf('Figures by scan'));
      expect(facts).toEqual([expect.stringMatching(/^Parameters\s+1 difference, \d+ equal$/), 'head.dropout']);
      const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'head.dropout' }) });
      expect((await row.getByRole('cell').allInnerTexts()).sort()).toEqual(['0.2', '0.4']);
    },
    options,
  );

  spec(
    'a cell of the confusion matrix leads to its images, and the label of one is corrected',
    async ({ page, serving }) => {
      const [, id] = await trainTwo(serving);
      const { run } = await callApi(serving, 'runs/get', { run: id });
      const { labels = [], matrix = [] } = run.metrics?.confusion ?? {};
      const places = labels.flatMap((truth, row) =>
        labels.map((answered, column) => ({ truth, answered, row, column })),
      );
      const wrong = places.find(({ row, column }) => row !== column && (matrix[row]?.[column] ?? 0) > 0);
      if (wrong === undefined) throw new Error('every image was answered rightly');
      const { truth, answered } = wrong;

      await keys(page, 'g r');
      await tabTo(page, runs(page));
      await keys(page, 'Home Enter');
      await page.getByRole('heading', { name: 'dropout 0.4', level: 1 }).waitFor();
      const panel = page.getByRole('region', { name: 'Confusion matrix' });
      await tabTo(page, panel.getByRole('radio', { checked: true }));
      await keys(page, 'ArrowRight');
      const cells = panel.getByRole('table', { name: /slices/ }).getByRole('button');
      await cells.first().waitFor();
      await tabTo(page, panel.locator('[data-cell][tabindex="0"]'));
      for (let press = 0; press < wrong.row; press++) await keys(page, 'ArrowDown');
      for (let press = 0; press < wrong.column; press++) await keys(page, 'ArrowRight');
      expect(await hasFocus(panel.getByRole('button', { name: `truth ${truth}, answered ${answered}:` }))).toBe(true);
      await keys(page, 'Enter');

      await page.getByRole('heading', { name: `Truth ${truth}, answered ${answered}` }).waitFor();
      const { rows } = await callApi(serving, 'runs/cell', {
        run: id,
        truth,
        predicted: answered,
        offset: 0,
        limit: 100,
      });
      const list = page.getByRole('listbox', { name: 'Images of this cell' });
      await eventually(() => list.getByRole('option').count()).toBe(rows.length);
      await keys(page, String(labels.indexOf(answered) + 1));
      await page.getByText(`Label changed from ${truth} to ${answered}.`).waitFor();
      const image = rows[0]?.image ?? '';
      const { rows: now } = await callApi(serving, 'dataset/images', { class: answered, offset: 0, limit: 500 });
      expect(now.map((each) => each.image)).toContain(image);
      const { edits } = await callApi(serving, 'dataset/get', {});
      expect(edits).toBe(1);
      // The figures of the run stay what they were.
      const after = await callApi(serving, 'runs/get', { run: id });
      expect(after.run.metrics).toEqual(run.metrics);
    },
    options,
  );

  spec(
    'notes that somebody else wrote meanwhile are shown, never overwritten unseen',
    async ({ page, serving, open }) => {
      const [id] = await trainTwo(serving);
      const other = (await open(`${serving.url}`)).page;
      for (const each of [page, other]) {
        await each.goto(`${serving.origin}/#/runs/${id}`);
        await tabTo(each, each.getByRole('textbox', { name: 'Notes' }));
      }
      await page.keyboard.type('mine');
      await other.keyboard.type('theirs');
      await keys(other, 'ControlOrMeta+Enter');
      await other.getByRole('button', { name: 'Save notes' }).waitFor({ state: 'hidden' });
      await keys(page, 'ControlOrMeta+Enter');
      const conflict = page.getByRole('alert');
      await conflict.getByText('Somebody else changed these notes while you wrote.').waitFor();
      expect(await conflict.locator('pre').textContent()).toBe('theirs');
      expect((await callApi(serving, 'runs/get', { run: id })).run.notes).toBe('theirs');
      await tabAndEnter(page, conflict.getByRole('button', { name: 'Save mine instead' }));
      await conflict.waitFor({ state: 'hidden' });
      expect((await callApi(serving, 'runs/get', { run: id })).run.notes).toBe('mine');
    },
    options,
  );
});

import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';

/** Types over what stands in a field of the form. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await keys(page, 'ControlOrMeta+a');
  await page.keyboard.type(text);
}

const rowsOf = (figure: Locator): Promise<number> => figure.locator('tbody tr').count();

describeApp('training, by keyboard alone', (spec) => {
  spec(
    'a run is set up in the form, its curves grow while it trains, and its result stands with intervals',
    async ({ page, serving }) => {
      await keys(page, 'g d');
      await tabAndEnter(page, page.getByRole('button', { name: 'Try with synthetic scans' }));
      await page.getByRole('tab', { name: /^Images/ }).waitFor({ timeout: 90_000 });

      await keys(page, 'g t');
      await fill(page, 'Dropout', '0.4');
      await fill(page, 'Epochs, at most', '120');
      await fill(page, 'Early stopping after', '0');
      await fill(page, 'Name', 'first look');
      await page.getByText(/^\d+ s to \d+ \w+$/).waitFor();
      await keys(page, 'ControlOrMeta+Enter');

      const live = page.getByRole('region', { name: 'Training now' });
      const loss = live.getByRole('figure', { name: 'Loss' });
      await loss.waitFor({ timeout: 60_000 });
      await tabAndEnter(page, loss.getByText('Figures as a table'));
      await eventually(() => rowsOf(loss)).toBeGreaterThan(0);
      const before = await rowsOf(loss);
      expect(before).toBeLessThan(120);
      await eventually(() => rowsOf(loss)).toBeGreaterThan(before);
      await eventually(() => loss.locator('canvas').count()).toBe(1);
      await live.getByRole('figure', { name: 'Balanced accuracy' }).waitFor();
      await live.getByRole('figure', { name: 'Learning rate' }).waitFor();

      const result = page.getByRole('region', { name: 'Result' });
      await result.waitFor({ timeout: 90_000 });
      expect(await result.textContent()).toMatch(/Balanced accuracy by scan\s*[01]\.\d{3}/);
      expect(await result.textContent()).toMatch(/\d+ scans of \d+ patient groups/);

      await tabAndEnter(page, result.getByRole('link', { name: 'Open the run' }));
      await page.getByRole('heading', { name: 'first look', level: 1 }).waitFor();
      const { rows } = await callApi(serving, 'runs/query', {
        filter: 'params.head.dropout = 0.4 and params.training.epochs = 120',
        sort: { by: 'started', descending: true },
        columns: [],
        all: false,
        offset: 0,
        limit: 10,
      });
      expect(rows.map(({ name, outcome }) => [name, outcome])).toEqual([['first look', 'completed']]);
    },
    { firstRun: false, onlyIf: hasTensorflow, timeoutMs: 300_000 },
  );

  spec(
    'what the limits of a parameter forbid is said beside it, and cannot be started',
    async ({ page, serving }) => {
      const { job } = await callApi(serving, 'demo/dataset', {});
      await jobDone(serving, job);
      await keys(page, 'g t');
      await fill(page, 'Dropout', '1.5');
      await page.keyboard.press('Tab');
      await page.getByText(/0\.9/).first().waitFor();
      expect(await page.getByRole('button', { name: 'Start training' }).isDisabled()).toBe(true);
      expect(await page.getByLabel('Dropout', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    },
    { firstRun: false },
  );
});

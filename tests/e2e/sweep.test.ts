import { expect } from 'vitest';
import { callApi, jobDone } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { eventually } from '../helpers/eventually.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import { makeStudy } from '../system/phantom-study.ts';

describeApp('a sweep, by keyboard alone', (spec) => {
  spec(
    'it is planned, ends with a winner, fills the form, and leads to its runs',
    async ({ page, serving }) => {
      const { job } = await callApi(serving, 'dataset/ingest', { source: null });
      await jobDone(serving, job);
      await keys(page, 'g t');
      await page.getByRole('button', { name: 'Start training' }).waitFor();
      await keys(page, 'v');
      const dialog = page.getByRole('dialog', { name: 'Search values' });
      await tabTo(page, dialog.getByLabel('Values', { exact: true }));
      await page.keyboard.type('0.0003, 0.003, 7');
      await dialog.getByText('7: Expected a number above 0, at most 1.').waitFor();
      await keys(page, 'Backspace Backspace Backspace');
      await page.keyboard.type(', 0.03');
      await tabAndEnter(page, dialog.getByRole('button', { name: 'Start with 3 candidates' }));

      const panel = page.getByRole('region', { name: 'Candidates of sweep' });
      await panel.getByText('Winner').waitFor({ timeout: 90_000 });
      const { sweeps } = await callApi(serving, 'sweeps/list', {});
      const { sweep } = await callApi(serving, 'sweeps/get', { sweep: sweeps[0]?.id ?? '' });
      expect(sweep.candidates.map(({ state }) => state)).toEqual([
        'trained to the end',
        'stopped early',
        'stopped early',
      ]);
      await page.getByText(/The winner of 3 candidates is chosen on the validation groups/).waitFor();

      await tabAndEnter(page, page.getByRole('button', { name: 'Apply to the form' }));
      const rate = String(sweep.candidates[0]?.changes['training.learning_rate']);
      const field = page.getByRole('region', { name: 'Parameters' }).getByLabel('Learning rate', { exact: true });
      await eventually(() => field.first().inputValue()).toBe(rate);

      await tabAndEnter(page, page.getByRole('link', { name: 'All its runs' }));
      await eventually(() => page.getByRole('grid', { name: 'Runs' }).getAttribute('aria-rowcount')).toBe('4');
      await tabTo(page, page.getByRole('grid', { name: 'Runs' }));
      await keys(page, 'Home Enter');
      await page.getByRole('heading', { name: 'Sweep: sweep' }).waitFor();
      await page.getByRole('row', { name: /^#\d/ }).first().waitFor();
    },
    {
      prepare: async (folder) => ({ workspace: await makeStudy(folder, { scans: 4, slices: 4, epochs: 6 }) }),
      firstRun: false,
      onlyIf: hasTensorflow,
      timeoutMs: 300_000,
    },
  );
});

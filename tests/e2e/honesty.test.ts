import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone, trainRun } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { keys, tabAndEnter } from '../helpers/keyboard.ts';
import { makeStudy, setParams } from '../system/phantom-study.ts';

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder === undefined) return;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describeApp('the Honesty tab, by keyboard alone', (spec) => {
  spec(
    'measures the leak, looks for shortcuts, validates, and tells how often the test set was opened',
    async ({ page, serving }) => {
      await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
      await keys(page, 'g d');
      await page.getByRole('tab', { name: 'Overview' }).focus();
      await keys(page, 'ArrowRight');
      await region(page, 'Leak meter').getByText('not measured yet').waitFor();
      await picture(page, 'honesty-empty');
      const found = await violations(page, 'empty');

      await tabAndEnter(page, region(page, 'Leak meter').getByRole('button', { name: 'Measure' }));
      await region(page, 'Leak meter')
        .getByText(/^A random slice split says/)
        .waitFor({ timeout: 60_000 });
      await tabAndEnter(page, region(page, 'Validation').getByRole('button', { name: 'Validate' }));
      await region(page, 'Validation')
        .getByText(/^2 times 3-fold cross-validation/)
        .waitFor({ timeout: 60_000 });
      await tabAndEnter(page, region(page, 'Validation').getByRole('button', { name: 'Shuffled labels' }));
      await region(page, 'Validation').getByText('Control passed').waitFor({ timeout: 60_000 });
      await tabAndEnter(page, region(page, 'Shortcuts').getByRole('button', { name: 'Look for them' }));
      await region(page, 'Shortcuts')
        .getByRole('row', { name: /^Brightness/ })
        .waitFor({ timeout: 60_000 });

      const run = await trainRun(serving, 'first');
      await trainRun(serving, 'second');
      await region(page, 'Locked test set')
        .getByText(/was opened 2 times/)
        .waitFor();
      const looks = region(page, 'Looks at test sets').getByRole('row');
      expect(await looks.count()).toBe(3);
      await region(page, 'Locked test set').scrollIntoViewIfNeeded();
      await picture(page, 'honesty-dark');
      found.push(...(await violations(page, 'dark')));

      await page.setViewportSize({ width: 1024, height: 700 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"light"}')`);
      await page.reload();
      await region(page, 'Leak meter')
        .getByText(/^A random slice split says/)
        .waitFor();
      await picture(page, 'honesty-light');
      found.push(...(await violations(page, 'light')));
      await page.goto(`${serving.origin}/#/runs/${run}`);
      await page.getByText(/never opened before this result/).waitFor();
      await picture(page, 'honesty-run');
      found.push(...(await violations(page, 'run')));
      expect(found).toEqual([]);

      const { rows } = await callApi(serving, 'dataset/images', { offset: 0, limit: 1 });
      const image = rows[0]?.image ?? '';
      const other = rows[0]?.class === 'Stone' ? 'Cyst' : 'Stone';
      await callApi(serving, 'dataset/relabel', { images: [image], class: other, reader: 'tester' });
      await page.goto(`${serving.origin}/#/data/honesty`);
      await region(page, 'Leak meter').getByText('Out of date').waitFor();
      await picture(page, 'honesty-stale');
    },
    {
      prepare: async (folder) => {
        const workspace = await makeStudy(folder, { scans: 5, slices: 6, epochs: 12 });
        await setParams(workspace, { repeats: '2' });
        return { workspace };
      },
      firstRun: false,
      onlyIf: hasTensorflow,
      timeoutMs: 300_000,
    },
  );
});

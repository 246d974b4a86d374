import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { eventually } from '../helpers/eventually.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import { hilumIn, makeStudy } from '../system/phantom-study.ts';

const grid = (page: Page, name: string) => page.getByRole('grid', { name });

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

describeApp('versions of the dataset, by keyboard alone', (spec) => {
  spec(
    'what changed is seen, an earlier version is restored, and everything is pushed',
    async ({ page, serving }) => {
      await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
      const { rows } = await callApi(serving, 'dataset/images', { class: 'Cyst', offset: 0, limit: 2 });
      const images = rows.map(({ image }) => image);
      await callApi(serving, 'dataset/relabel', { images, class: 'Stone', reader: 'tester' });

      await keys(page, 'g d');
      await page.getByRole('tab', { name: 'Overview' }).focus();
      await keys(page, 'End');
      const list = grid(page, 'Versions of the dataset');
      await eventually(() => list.getAttribute('aria-rowcount')).toBe('3');
      await page.getByText('2 relabelled').first().waitFor();
      const changes = grid(page, 'Changes between the versions');
      await eventually(() => changes.getAttribute('aria-rowcount')).toBe('3');
      await page.getByText(/Remote store: \d+ of \d+ objects are not pushed/).waitFor();
      await picture(page, 'versions-dark');
      const found = await violations(page, 'dark');

      await tabAndEnter(page, page.getByRole('button', { name: 'Push', exact: true }));
      await page.getByText(/Remote store has all \d+ objects/).waitFor({ timeout: 30_000 });

      await tabTo(page, list);
      await keys(page, 'End r');
      const dialog = page.getByRole('dialog', { name: 'Restore version 1?' });
      await dialog.getByText(/What is there now is kept as a version of its own/).waitFor();
      await picture(page, 'versions-restore');
      found.push(...(await violations(page, 'restore')));
      await tabAndEnter(page, dialog.getByRole('button', { name: 'Restore' }));
      await page.getByText('Version 1 is restored.').waitFor();
      await eventually(() => list.getAttribute('aria-rowcount')).toBe('4');
      const again = await callApi(serving, 'dataset/images', { class: 'Cyst', offset: 0, limit: 500 });
      for (const image of images) expect(again.rows.map((row) => row.image)).toContain(image);

      await page.setViewportSize({ width: 1024, height: 700 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"light"}')`);
      await page.reload();
      await page.getByText('restored v1').waitFor();
      await picture(page, 'versions-light');
      found.push(...(await violations(page, 'light')));
      expect(found).toEqual([]);
    },
    {
      prepare: async (folder) => {
        const workspace = await makeStudy(folder, { scans: 3, slices: 2 });
        await hilumIn(workspace, 'remote', 'add', 'store', '../store', '--default');
        return { workspace };
      },
      firstRun: false,
    },
  );
});

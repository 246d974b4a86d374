import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone, trainRun } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { keys, tabTo } from '../helpers/keyboard.ts';
import { makeStudy } from '../system/phantom-study.ts';

const panelOf = (page: Page) => page.getByRole('region', { name: 'What will run, and why', exact: true });

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

describeApp('what will run, and why', (spec) => {
  spec(
    'tells each stage with the first reason, follows the form, and is quiet when everything is up to date',
    async ({ page, serving, folder }) => {
      await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
      await keys(page, 'g t');
      const panel = panelOf(page);
      const row = (name: string) => panel.getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) });
      await row('train').getByText('never run').waitFor();
      await trainRun(serving, 'first');
      await panel.getByText(/^Everything is up to date/).waitFor();
      expect(await row('split').textContent()).toBe('splitup to date');
      await picture(page, 'pipeline-fresh');
      const found = await violations(page, 'fresh');

      await tabTo(page, page.getByLabel('Epochs, at most', { exact: true }));
      await keys(page, 'ControlOrMeta+a');
      await page.keyboard.type('9');
      await panel.getByText('2 of 5 stages changed.').waitFor();
      expect(await row('train').textContent()).toContain('parameter training.epochs: 2 → 9');
      expect(await row('prepare').textContent()).toBe('prepareup to date');

      const split = join(folder, 'study', 'artifacts', 'split.csv');
      await writeFile(split, `${await readFile(split, 'utf8')}\n`);
      await page.reload();
      await row('split')
        .getByText(/^output artifacts\/split\.csv: [0-9a-f]{8} → [0-9a-f]{8}$/)
        .waitFor();
      await panel.scrollIntoViewIfNeeded();
      await picture(page, 'pipeline-changed');
      found.push(...(await violations(page, 'changed')));
      await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"light"}')`);
      await page.setViewportSize({ width: 1024, height: 700 });
      await page.reload();
      await row('split').getByText('runs', { exact: true }).waitFor();
      await panel.scrollIntoViewIfNeeded();
      await picture(page, 'pipeline-light');
      found.push(...(await violations(page, 'light')));
      expect(found).toEqual([]);
    },
    {
      firstRun: false,
      onlyIf: hasTensorflow,
      timeoutMs: 300_000,
      prepare: async (folder) => {
        return { workspace: await makeStudy(folder, { slices: 3, epochs: 2 }) };
      },
    },
  );
});

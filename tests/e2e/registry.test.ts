import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { keys, tabAndEnter, tabTo } from '../helpers/keyboard.ts';
import { registryStudy } from '../helpers/registry.ts';
import { flipByte } from '../helpers/tiny-model.ts';

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder === undefined) return;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

const panel = (page: Page) => page.getByRole('region', { name: 'Registry', exact: true });
const gates = (page: Page) => page.getByRole('list', { name: 'Gates' });
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function choose(page: Page, version: string): Promise<void> {
  await page.getByRole('option', { name: new RegExp(`^${version}\\b`) }).click();
  await panel(page).getByText(`Version ${version}`).waitFor();
}

describeApp('the registry, by keyboard alone where something is done', (spec) => {
  const models = [
    { name: 'poor', right: 0.6 },
    { name: 'good', right: 0.95 },
    { name: 'leaky', right: 1, leaky: true },
  ];
  const config = 'registry:\n  gates:\n    trust: false\n    min_sensitivity: 0.3\n    lower_bound: false\n';

  spec(
    'promotes, shows a gate that fails, overrides with a reason, rolls back, and tells it all in the history',
    async ({ page, serving }) => {
      const found: string[] = [];
      await page.goto(`${serving.origin}/#/models`);
      await choose(page, 'v2');
      await panel(page).getByText('Nothing was promoted').waitFor();

      await tabAndEnter(page, button(page, 'Promote…'));
      await gates(page).getByText('There is no champion').waitFor();
      await picture(page, 'registry-gates-pass');
      found.push(...(await violations(page, 'gates that pass')));
      await tabAndEnter(page, button(page, 'Make champion'));
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByRole('option', { name: /^v2.*Champion/ }).waitFor();

      await choose(page, 'v3');
      await tabAndEnter(page, button(page, 'Promote…'));
      await gates(page).getByText('Leaky: patients stood on both sides').waitFor();
      expect(await gates(page).getByText('No leak stamp: FAIL').count()).toBe(1);
      expect(await button(page, 'Make champion').isDisabled()).toBe(true);
      await tabTo(page, page.getByLabel('Override the failed gates'));
      await keys(page, 'Space');
      const make = button(page, 'Make champion against the gate');
      expect(await make.isDisabled()).toBe(true);
      await tabTo(page, page.getByLabel('Why'));
      await page.keyboard.type('shown at a lecture only');
      await picture(page, 'registry-override');
      found.push(...(await violations(page, 'override')));
      await tabAndEnter(page, make);
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByRole('option', { name: /^v3.*Gate overridden/ }).waitFor();
      await panel(page).getByText('It is champion although a gate failed: shown at a lecture only').waitFor();
      await panel(page).getByText('Overridden (No leak stamp): shown at a lecture only').waitFor();

      await tabTo(page, panel(page).getByLabel('Add a tag'));
      await page.keyboard.type('lecture');
      await keys(page, 'Enter');
      await button(page, 'Take the tag lecture off').waitFor();
      await tabTo(page, panel(page).getByLabel('Notes'));
      await page.keyboard.type('never in use');
      await tabAndEnter(page, button(page, 'Save notes'));
      await button(page, 'Save notes').waitFor({ state: 'hidden' });
      await picture(page, 'registry-dark');
      found.push(...(await violations(page, 'dark')));

      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.setViewportSize({ width: 1024, height: 700 });
      await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"light"}')`);
      await page.reload();
      await choose(page, 'v3');
      const asked = panel(page).getByText('8 gates asked').first();
      await tabTo(page, asked);
      await keys(page, 'Enter');
      await gates(page).getByText('No leak stamp').waitFor();
      await picture(page, 'registry-light');
      found.push(...(await violations(page, 'light')));

      await tabAndEnter(page, button(page, 'Roll back champion to v2'));
      await tabAndEnter(page, dialog(page).getByRole('button', { name: 'Roll back to v2' }));
      await dialog(page).waitFor({ state: 'hidden' });
      await page.getByRole('option', { name: /^v2.*Champion/ }).waitFor();
      await panel(page)
        .getByRole('row', { name: /Champion rolled back: v3 to v2/ })
        .waitFor();

      const { moves } = await callApi(serving, 'registry/get', {});
      expect(moves.map(({ deed, version, override }) => [deed, version, override])).toEqual([
        ['rollback', 2, null],
        ['promote', 3, 'shown at a lecture only'],
        ['promote', 2, null],
      ]);
      await page.goto(`${serving.origin}/#/classify`);
      const choice = page.getByRole('combobox', { name: 'Model' });
      expect(await choice.locator('option:checked').textContent()).toMatch(/^Champion · good .*· v2 · .*default$/);
      expect(found).toEqual([]);
    },
    {
      prepare: async (folder) => ({ workspace: (await registryStudy(folder, models, config)).root }),
      timeoutMs: 120_000,
    },
  );

  spec(
    '[C4] a model with a changed byte cannot be promoted, whatever the reason, and one that holds an alias is not deleted',
    async ({ page, serving, folder }) => {
      const { models: all } = await callApi(serving, 'models/list', {});
      const seal = (version: number) => all.find((each) => each.version === version)?.id ?? '';
      await flipByte(join(folder, 'study', '.hilum', 'models', seal(1), 'weights.bin'));
      const wish = { model: seal(1), alias: 'champion', reader: 'tester' } as const;
      const refused = await callApi(serving, 'registry/promote', { ...wish, override: 'all the same' });
      expect(refused).toMatchObject({ promoted: false, passed: false });
      await callApi(serving, 'registry/promote', { ...wish, model: seal(2), override: null });
      await expect(callApi(serving, 'models/delete', { model: seal(2) })).rejects.toThrow('registry/holds-alias');
      await page.goto(`${serving.origin}/#/models`);
      await choose(page, 'v3');
      await page.getByRole('option', { name: /^v1.*Unusable/ }).waitFor();
    },
    {
      prepare: async (folder) => ({ workspace: (await registryStudy(folder, models, config)).root }),
    },
  );
});

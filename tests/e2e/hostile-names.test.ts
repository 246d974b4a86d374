import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { batchDone, chooseFolder, images } from '../helpers/batches.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { fillHostileStudy, hostileClasses, makeHostileStudy, payload, quoted } from '../helpers/hostile-study.ts';
import { traces } from '../helpers/in-page.mjs';
import { keys } from '../helpers/keyboard.ts';

/** The texts stand on the page as they are, and nothing of them has come alive. */
async function expectTexts(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByText(text).first().waitFor({ state: 'attached' });
  expect(await page.evaluate(traces)).toEqual({ flag: null, planted: 0, outward: [] });
}

describeApp('names that are attacks', (spec) => {
  spec(
    'are shown as text on every screen: files, tags, classes, runs, notes',
    async ({ page, serving }) => {
      const [first = '', second = ''] = await fillHostileStudy(serving);
      const { models } = await callApi(serving, 'models/list', {});
      const model = models.find(({ run }) => run === first)?.id ?? '';
      const go = (place: string) => page.goto(`${serving.origin}/#/${place}`);
      await go('settings');
      await page.getByRole('switch', { name: /file names/i }).click();
      await go('models');
      await expectTexts(page, hostileClasses.Cyst);

      await go('classify');
      await page.getByRole('combobox', { name: 'Model' }).selectOption(model);
      await expectTexts(page, hostileClasses.Cyst, hostileClasses.Normal);
      await chooseFolder(page, 'incoming');
      await batchDone(page);
      await expectTexts(page, `${payload('file')}.png`.slice(0, 20), hostileClasses.Cyst);
      for (let row = 0; row < 5; row++) {
        await images(page).focus();
        await keys(page, 'ArrowDown');
        await expectTexts(page);
      }
      await page.getByText('Scans', { exact: true }).click();
      await expectTexts(page);

      await go('data');
      await expectTexts(page, hostileClasses.Cyst, hostileClasses.Normal);
      await go('train');
      await expectTexts(page);
      await go('runs');
      await expectTexts(page, payload('run-1'), quoted('run-2'), quoted('tag'));
      await go(`runs/${first}`);
      await expectTexts(page, payload('run-1'), hostileClasses.Cyst);
      await go(`runs/compare?ids=${first},${second}`);
      await expectTexts(page, payload('run-1'), quoted('run-2'));
      await keys(page, 'Control+k');
      await expectTexts(page);
    },
    {
      prepare: async (folder) => ({ workspace: await makeHostileStudy(folder) }),
      firstRun: false,
      onlyIf: hasTensorflow,
    },
  );
});

import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi, jobDone, trainRun } from '../helpers/api.ts';
import { type App, describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { hasTensorflow } from '../helpers/cli.ts';
import { keys } from '../helpers/keyboard.ts';
import { makeStudy } from '../system/phantom-study.ts';

const themes = ['dark', 'light'] as const;
type Theme = (typeof themes)[number];

interface State {
  readonly name: string;
  show(app: App): Promise<void>;
}

/** Goes through states of the page. */
async function expectNone(app: App, theme: Theme, states: readonly State[]): Promise<void> {
  const { page } = app;
  const found: string[] = [];
  // The smaller of the sizes that the page is made for: what does not fit scrolls.
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"${theme}"}')`);
  for (const { name, show } of states) {
    await page.goto('about:blank');
    await page.goto(app.serving.url);
    await show(app);
    await page.locator('.h-skeleton, .h-image-wait').first().waitFor({ state: 'hidden' });
    found.push(...(await violations(page, name)));
  }
  expect(found).toEqual([]);
}

const at = (place: string, sign: (page: Page) => Promise<unknown>, more?: (app: App) => Promise<unknown>) => ({
  async show(app: App): Promise<void> {
    await app.page.goto(`${app.serving.origin}/#/${place}`);
    await sign(app.page);
    await more?.(app);
  },
});

const text = (words: string | RegExp) => (page: Page) => page.getByText(words).first().waitFor();
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name, level: 1 }).waitFor();
const firstRow = (page: Page) => page.getByRole('grid').locator('[aria-rowindex="2"]').waitFor();
const options = (page: Page) => page.getByRole('listbox').getByRole('option').first().waitFor();
const dialog =
  (press: string) =>
  async ({ page }: App) => {
    await keys(page, press);
    await page.getByRole('dialog').waitFor();
  };

describeApp('axe finds no violation of WCAG 2.2 AA', (spec) => {
  for (const theme of themes) {
    spec(`on the first page, ${theme}`, (app) =>
      expectNone(app, theme, [{ name: 'welcome', ...at('', heading('Classify folders')) }]),
    );

    spec(
      `on empty screens, ${theme}`,
      (app) =>
        expectNone(app, theme, [
          { name: 'classify', ...at('classify', text('No batch yet')) },
          {
            name: 'folder picker',
            ...at('classify', text('No batch yet'), async ({ page }) => {
              await page.getByRole('button', { name: 'Choose folder' }).click();
              await page.getByRole('dialog').getByRole('listitem').first().waitFor();
            }),
          },
          { name: 'data', ...at('data', text('Drop a dataset here')) },
          { name: 'train', ...at('train', heading('Train')) },
          { name: 'runs', ...at('runs', heading('Runs')) },
          { name: 'models', ...at('models', text('Self-test')) },
          { name: 'settings', ...at('settings', text('Licences')) },
          {
            name: 'licences',
            ...at('settings', text('Licences'), async ({ page }) => {
              await page.getByRole('button', { name: 'Licences' }).click();
              await page.getByRole('dialog').waitFor();
            }),
          },
          { name: 'help sheet', ...at('classify', text('No batch yet'), dialog('?')) },
          { name: 'palette', ...at('classify', text('No batch yet'), dialog('ControlOrMeta+k')) },
          {
            name: 'jobs',
            ...at('classify', text('No batch yet'), ({ page }) => page.getByText('No job runs').click()),
          },
          { name: 'an unknown batch', ...at('classify/none', text('batch/unknown')) },
        ]),
      { firstRun: false },
    );

    spec(
      `on screens that are full, ${theme}`,
      async (app) => {
        const { serving } = app;
        await jobDone(serving, (await callApi(serving, 'dataset/ingest', { source: null })).job);
        const first = await trainRun(serving, 'plain');
        const second = await trainRun(serving, 'dropout 0.4', (params) => ({
          ...params,
          head: { ...params.head, dropout: 0.4 },
        }));
        await callApi(serving, 'runs/annotate', { run: first, addTags: ['reference'], pinned: true });
        const batch = await jobDone(serving, (await callApi(serving, 'demo/classify', {})).job);
        const compare = `runs/compare?ids=${first},${second}`;
        await expectNone(app, theme, [
          { name: 'classify with batches', ...at('classify', firstRow) },
          { name: 'batch', ...at(`classify/${batch}`, firstRow) },
          {
            name: 'batch, refused',
            ...at(`classify/${batch}`, firstRow, async ({ page }) => {
              await page.getByRole('button', { name: /^refused/ }).click();
              await page
                .getByRole('row', { name: /refused/ })
                .first()
                .click();
              await page.getByText('No answer was given').waitFor();
            }),
          },
          {
            name: 'batch, scans',
            ...at(`classify/${batch}`, firstRow, async ({ page }) => {
              await page.getByText('Scans', { exact: true }).click();
              await page.getByRole('grid', { name: 'Scans' }).waitFor();
            }),
          },
          {
            name: 'batch, export menu',
            ...at(`classify/${batch}`, firstRow, async ({ page }) => {
              await page.getByRole('button', { name: 'Export', exact: true }).click();
              await page.getByRole('menu').waitFor();
            }),
          },
          {
            name: 'batch, probability',
            ...at(`classify/${batch}`, firstRow, ({ page }) =>
              page
                .getByRole('group', { name: 'Filter and order' })
                .getByRole('button', { name: 'Probability' })
                .click(),
            ),
          },
          { name: 'batch, help', ...at(`classify/${batch}`, firstRow, dialog('?')) },
          { name: 'data overview', ...at('data', text('every file that was found')) },
          {
            name: 'data images',
            ...at('data/images', options, async ({ page }) => {
              await page.getByRole('listbox').getByRole('option').first().click();
            }),
          },
          {
            name: 'data image',
            ...at('data/images', options, async ({ page }) => {
              await page.getByRole('listbox').getByRole('option').first().dblclick();
            }),
          },
          {
            name: 'data groups',
            ...at('data/groups', firstRow, ({ page }) => page.getByRole('grid').locator('[aria-rowindex="2"]').click()),
          },
          { name: 'data honesty', ...at('data/honesty', text('Leak meter')) },
          { name: 'data suspects', ...at('data/suspects', heading('Data')) },
          { name: 'data refused', ...at('data/refused', heading('Data')) },
          { name: 'data duplicates', ...at('data/duplicates', heading('Data')) },
          { name: 'train', ...at('train', text('Start training')) },
          {
            name: 'search values',
            ...at('train', text('Start training'), async ({ page }) => {
              await page.getByRole('button', { name: 'Search values' }).click();
              await page.getByRole('dialog').waitFor();
            }),
          },
          { name: 'runs', ...at('runs', firstRow) },
          {
            name: 'runs, marked',
            ...at('runs', firstRow, async ({ page }) => {
              await page.getByRole('grid').focus();
              await keys(page, 'Home Space ArrowDown Space');
              await page.getByText('2 runs marked').waitFor();
            }),
          },
          {
            name: 'runs, columns',
            ...at('runs', firstRow, ({ page }) => page.getByRole('button', { name: 'Columns' }).click()),
          },
          { name: 'runs, filter with a fault', ...at('runs?filter=params.head.dropout+%3E', heading('Runs')) },
          { name: 'run', ...at(`runs/${first}`, heading('plain')) },
          { name: 'compare', ...at(compare, text('head.dropout')) },
          {
            name: 'compare curves',
            ...at(`${compare}&show=curves`, heading('Compare'), ({ page }) =>
              page.getByRole('figure').first().waitFor(),
            ),
          },
          { name: 'compare matrices', ...at(`${compare}&show=matrices`, heading('Compare')) },
          { name: 'duel', ...at(`${compare}&show=duel`, text(/McNemar/)) },
          { name: 'compare notes', ...at(`${compare}&show=notes`, heading('Compare')) },
          { name: 'models', ...at('models', text('Self-test')) },
        ]);
      },
      {
        prepare: async (folder) => ({ workspace: await makeStudy(folder, { scans: 4, slices: 4, epochs: 4 }) }),
        firstRun: false,
        onlyIf: hasTensorflow,
        timeoutMs: 300_000,
      },
    );
  }
});

import type { Page } from 'playwright';
import { callApi } from '../../tests/helpers/api.ts';
import type { Serving } from '../../tests/helpers/serving.ts';
import type { Study } from './study.ts';

export interface Scene {
  readonly page: Page;
  readonly serving: Serving;
  readonly study: Study;
  /** Opens a place such as `runs/compare?ids=…`. */
  go(place: string): Promise<void>;
}

export interface ScreenShot {
  readonly name: string;
  /** Brings the page into the state that is taken. */
  show(scene: Scene): Promise<void>;
}

const grid = (page: Page, name: string) => page.getByRole('grid', { name });

async function openBatch({ go, page, study }: Scene): Promise<void> {
  await go(`classify/${study.batch}`);
  await grid(page, 'Images').locator('[aria-rowindex="2"]').waitFor();
}

/** Every screen, in the order of the page's own list. */
export const screenShots: readonly ScreenShot[] = [
  {
    name: 'classify-start',
    async show({ go, page }) {
      await go('classify');
      await page.getByText('Drop a folder of CT images').waitFor();
    },
  },
  {
    name: 'classify-batch',
    async show(scene) {
      await openBatch(scene);
      const { page } = scene;
      await grid(page, 'Images').focus();
      for (let row = 0; row < 3; row++) await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'classify-refused',
    async show(scene) {
      await openBatch(scene);
      await scene.page.getByRole('button', { name: /^refused/ }).click();
      await grid(scene.page, 'Images')
        .getByRole('row', { name: /refused/ })
        .nth(1)
        .click();
      await scene.page.getByText('No answer was given').waitFor();
    },
  },
  {
    name: 'classify-scans',
    async show(scene) {
      await openBatch(scene);
      await scene.page.getByText('Scans', { exact: true }).click();
      await grid(scene.page, 'Scans').locator('[aria-rowindex="2"]').click();
    },
  },
  {
    name: 'data-overview',
    async show({ go, page }) {
      await go('data');
      await page.getByRole('tab', { name: /Overview/ }).waitFor();
    },
  },
  { name: 'data-images', show: async ({ go }) => go('data/images') },
  {
    name: 'data-image',
    async show({ go, page }) {
      await go('data/images');
      await page.getByRole('listbox').getByRole('option').nth(2).click();
      await page.keyboard.press('Enter');
      await page.getByText(/^Zoom /).waitFor();
      await page.getByText(/^All channels/).waitFor();
    },
  },
  { name: 'data-groups', show: async ({ go }) => go('data/groups') },
  {
    name: 'data-honesty',
    async show({ go, page }) {
      await go('data/honesty');
      await page.getByText(/^A random slice split says/).waitFor();
    },
  },
  { name: 'data-suspects', show: async ({ go }) => go('data/suspects') },
  {
    name: 'data-versions',
    async show({ go, page }) {
      await go('data/versions');
      await page.getByText('relabelled').first().waitFor();
    },
  },
  { name: 'train', show: async ({ go }) => go('train') },
  {
    name: 'runs',
    async show({ go, page }) {
      await go('runs');
      await page.getByRole('grid').locator('[aria-rowindex="2"]').waitFor();
    },
  },
  {
    name: 'run',
    async show({ go, study, page }) {
      await go(`runs/${study.runs[1]}`);
      await page.getByRole('heading', { name: 'dropout 0.4' }).waitFor();
    },
  },
  {
    name: 'compare',
    async show({ go, study, page }) {
      await go(`runs/compare?ids=${study.runs.slice(0, 4).join(',')}`);
      await page.getByText('dropout 0.4').first().waitFor();
    },
  },
  ...(['curves', 'matrices', 'duel'] as const).map((view) => ({
    name: `compare-${view}`,
    async show({ go, study }: Scene) {
      await go(`runs/compare?ids=${study.runs.slice(0, view === 'duel' ? 2 : 3).join(',')}&show=${view}`);
    },
  })),
  { name: 'models', show: async ({ go }) => go('models') },
  {
    name: 'models-promote',
    async show({ go, page, study }) {
      await go(`models/${study.challenger}`);
      await page.getByRole('button', { name: /^Promote/ }).click();
      await page.getByRole('dialog').getByText('Minimum sensitivity').waitFor();
    },
  },
  { name: 'settings', show: async ({ go }) => go('settings') },
  {
    name: 'help',
    async show(scene) {
      await openBatch(scene);
      await scene.page.keyboard.press('?');
      await scene.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'palette',
    async show(scene) {
      await scene.go('runs');
      await scene.page.keyboard.press('Control+k');
      await scene.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'train-running',
    /** Last: the run that it starts goes on. */
    async show({ go, page, serving }) {
      const { jobs } = await callApi(serving, 'jobs/list', {});
      if (!jobs.some(({ state }) => state === 'running')) await startLong(serving);
      await go('train');
      await page.getByText(/^Epoch \d{3,}/).waitFor({ timeout: 60_000 });
    },
  },
];

/** A run that goes on for as long as it is looked at. */
async function startLong(serving: Serving): Promise<void> {
  const { params } = await callApi(serving, 'params/get', {});
  const training = { ...params.training, epochs: 1000 };
  await callApi(serving, 'training/start', {
    params: { ...params, training },
    name: 'longer training',
    allowLeak: false,
  });
}

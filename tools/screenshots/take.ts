import { mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright';
import { callApi } from '../../tests/helpers/api.ts';
import { launchBrowser } from '../../tests/helpers/browser.ts';
import { root, type Serving, serveApp } from '../../tests/helpers/serving.ts';
import { screenShots } from './screens.ts';
import { fillStudy, makeWorkspace, type Study } from './study.ts';

const themes = ['dark', 'light'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const out = resolve(root, positionals[0] ?? 'out/screenshots');
mkdirSync(out, { recursive: true });

const wanted = (name: string): boolean => only === undefined || only.includes(name);
const folder = await realpath(await mkdtemp(join(tmpdir(), 'hilum-shots-')));
const browser = await launchBrowser();
const missed: string[] = [];
try {
  if (wanted('welcome')) await takeWelcome(browser);
  await takeAll(browser);
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
for (const each of missed) process.stderr.write(`Not taken: ${each}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function takeWelcome(browser: Browser): Promise<void> {
  const serving = await serveApp(folder);
  try {
    await inEachLook(browser, serving, async (page, look) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await take(page, 'welcome', look);
    });
  } finally {
    await serving.stop();
  }
}

async function takeAll(browser: Browser): Promise<void> {
  const serving = await serveApp(folder, { workspace: await makeWorkspace(folder) });
  try {
    await callApi(serving, 'app/accept-notice', {});
    const study = await fillStudy(serving);
    const shots = screenShots.filter(({ name }) => wanted(name));
    await inEachLook(browser, serving, async (page, look) => {
      for (const { name, show } of shots) {
        // Each begins with a fresh page: nothing is marked, open or half typed.
        await page.goto('about:blank');
        await page.goto(serving.url);
        await page.getByRole('navigation', { name: 'Screens' }).waitFor();
        await show(sceneOf(page, serving, study))
          .then(() => take(page, name, look))
          .catch((error: unknown) => missed.push(`${name}-${look}: ${error instanceof Error ? error.message : error}`));
      }
      await cancelRunning(serving);
    });
  } finally {
    await serving.stop();
  }
}

/** What a screen has started would show on the next ones. */
async function cancelRunning(serving: Serving): Promise<void> {
  const { jobs } = await callApi(serving, 'jobs/list', {});
  for (const { id, state } of jobs) if (state === 'running') await callApi(serving, 'jobs/cancel', { job: id });
}

function sceneOf(page: Page, serving: Serving, study: Study) {
  return { page, serving, study, go: async (place: string) => void (await page.goto(`${serving.origin}/#/${place}`)) };
}

async function inEachLook(
  browser: Browser,
  serving: Serving,
  show: (page: Page, look: string) => Promise<void>,
): Promise<void> {
  for (const theme of themes) {
    for (const viewport of sizes) {
      const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
      try {
        const page = await context.newPage();
        const prefs = JSON.stringify({ theme, reader: 'M. Reader' });
        await page.addInitScript({ content: `localStorage.setItem('hilum.prefs', ${JSON.stringify(prefs)})` });
        await page.goto(serving.url);
        await page.getByText('Research use only').first().waitFor();
        await show(page, `${theme}-${viewport.width}`);
      } finally {
        await context.close();
      }
    }
  }
}

/** Takes the picture once nothing is loading or asked for any more. */
async function take(page: Page, name: string, look: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.h-skeleton, .h-image-wait').first().waitFor({ state: 'hidden', timeout: 20_000 });
  await page.screenshot({ path: join(out, `${name}-${look}.png`) });
  process.stderr.write(`${name}-${look}\n`);
}

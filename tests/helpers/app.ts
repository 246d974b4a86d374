import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from './browser.ts';
import { reportViolations } from './in-page.mjs';
import { root, type ServeOptions, type Serving, serveApp } from './serving.ts';

/** A page, and everything that it should not have done. */
export interface OpenPage {
  readonly page: Page;
  /** Errors on the console or thrown, reports of the content security policy, requests to anywhere but the server. */
  readonly problems: readonly string[];
}

export interface App {
  /** All files of this spec; the page may read it. */
  readonly folder: string;
  readonly serving: Serving;
  readonly page: Page;
  /** Another page on the same server, as another user's: nothing is shared in the browser. */
  open(address?: string): Promise<OpenPage>;
  /** Kills the server and starts another one on the same port. */
  killAndRestart(): Promise<void>;
  /** Complaints that this spec provokes itself. */
  expectProblems(pattern: RegExp): void;
}

export interface SpecOptions extends ServeOptions {
  /** Puts files there before the server starts. */
  readonly prepare?: (folder: string) => Promise<ServeOptions | undefined>;
  /** Left out: true. The first-run page is passed by its first button that starts nothing. */
  readonly firstRun?: boolean;
  /** False: this machine lacks what the spec needs; it reports itself as skipped. */
  readonly onlyIf?: boolean;
  /** Left out: as all tests. */
  readonly timeoutMs?: number;
}

type Spec = (title: string, run: (app: App) => Promise<void>, options?: SpecOptions) => void;

/** Specs of the built page on the built core. Each has a server, a folder and a page of its own, and must end without a complaint. */
export function describeApp(name: string, specs: (spec: Spec) => void): void {
  describe.skipIf(noBrowser)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      execFileSync(process.execPath, [join(root, 'tools', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());
    specs((title, run, options = {}) => {
      it.skipIf(options.onlyIf === false)(title, { timeout: options.timeoutMs }, () =>
        runSpec(browser, title, run, options),
      );
    });
  });
}

async function runSpec(
  browser: Browser,
  title: string,
  run: (app: App) => Promise<void>,
  options: SpecOptions,
): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hilum-e2e-')));
  const contexts: BrowserContext[] = [];
  const tolerated: RegExp[] = [];
  const opened: OpenPage[] = [];
  let serving: Serving | undefined;
  try {
    const serve = { ...options, ...(await options.prepare?.(folder)) };
    serving = await serveApp(folder, serve);
    const open = async (address?: string): Promise<OpenPage> => {
      const current = serving;
      if (current === undefined) throw new Error('there is no server');
      const made = await openPage(browser, current, address ?? current.url);
      contexts.push(made.page.context());
      opened.push(made);
      return made;
    };
    const { page } = await open();
    if (options.firstRun === false) await passFirstRun(page);
    const app: App = {
      folder,
      get serving() {
        if (serving === undefined) throw new Error('there is no server');
        return serving;
      },
      page,
      open,
      async killAndRestart() {
        await serving?.kill();
        serving = await serveApp(folder, { ...serve, port: serving?.port ?? 0 });
      },
      expectProblems: (pattern) => void tolerated.push(pattern),
    };
    await run(app);
    const left = opened
      .flatMap(({ problems }) => problems)
      .filter((problem) => !tolerated.some((each) => each.test(problem)));
    expect(left).toEqual([]);
    expect(serving.words()).not.toContain('a fault of the program');
  } catch (error) {
    await keepPictures(title, opened);
    throw error;
  } finally {
    for (const context of contexts) await context.close();
    await serving?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What was in sight when a spec failed: `out/e2e/<title>.png`. */
async function keepPictures(title: string, opened: readonly OpenPage[]): Promise<void> {
  const pictures = join(root, 'out', 'e2e');
  mkdirSync(pictures, { recursive: true });
  for (const [index, { page }] of opened.entries()) {
    const name = `${title.replace(/\W+/g, '-').slice(0, 80)}-${index + 1}.png`;
    await page.screenshot({ path: join(pictures, name) }).catch(() => undefined);
  }
}

async function openPage(browser: Browser, serving: Serving, address: string): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'dark',
    acceptDownloads: true,
  });
  const problems: string[] = [];
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.addInitScript(reportViolations);
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  context.on('request', (request) => {
    const isOwn = [`${serving.origin}/`, `blob:${serving.origin}/`].some((begin) => request.url().startsWith(begin));
    if (!isOwn) problems.push(`request: ${request.url().slice(0, 300)}`);
  });
  // From now on and not when a spec begins to wait for it: a key may be faster than that.
  page.on('filechooser', () => undefined);
  page.on('websocket', (socket) => {
    if (!socket.url().startsWith(`${serving.origin.replace('http', 'ws')}/`)) problems.push(`socket: ${socket.url()}`);
  });
  await page.goto(address);
  return { page, problems };
}

async function passFirstRun(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train on my own data' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await page.goto(`${new URL(page.url()).origin}/#/classify`);
}

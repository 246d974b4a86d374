import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from './browser.ts';
import { reportViolations } from './in-page.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const cliFile = join(root, 'out', 'main', 'cli.cjs');

/** `hilum serve` as a process of its own. */
export interface Serving {
  readonly pid: number;
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Address with the token. */
  readonly url: string;
  /** Everything it said on stderr. */
  words(): string;
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would; its workers are left to notice. */
  kill(): Promise<void>;
}

export interface ServeOptions {
  readonly port?: number;
  /** Folder of a workspace; left out: the default one below the folder. */
  readonly workspace?: string;
  /** Folders that the page may read; left out: the whole folder. */
  readonly roots?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The same over restarts: an open page finds its way back. */
const token = 'token-of-the-e2e-specs-0123456789';

export const userDataOf = (folder: string): string => join(folder, 'user-data');
export const defaultWorkspaceOf = (folder: string): string => join(userDataOf(folder), 'hilum', 'workspace');

/** Starts the server that the page comes from; nothing of the machine but `folder` is read or written. */
export async function serveApp(folder: string, options: ServeOptions = {}): Promise<Serving> {
  const { port = 0, workspace, roots = [folder], env } = options;
  const place = workspace === undefined ? [] : ['--workspace', workspace];
  const words = ['serve', '--json', '--port', String(port), ...place, ...roots.flatMap((each) => ['--root', each])];
  const child = spawn(process.execPath, [cliFile, ...words], {
    cwd: folder,
    env: { ...process.env, XDG_DATA_HOME: userDataOf(folder), USER: 'reader', HILUM_TOKEN: token, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const line = await Promise.race([firstLineOf(child), ended]);
  if (typeof line !== 'string') throw new Error(`hilum serve ended with ${line}: ${said}`);
  const told: { readonly port: number } = JSON.parse(line);
  const origin = `http://127.0.0.1:${told.port}`;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    port: told.port,
    origin,
    url: `${origin}/#token=${token}`,
    words: () => said,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

function firstLineOf(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('stdout is not piped');
  return new Promise((resolve) => createInterface({ input: stdout }).once('line', resolve));
}

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
  readonly prepare?: (folder: string) => Promise<ServeOptions | void>;
  /** Left out: true. The first-run page is passed by its first button that starts nothing. */
  readonly firstRun?: boolean;
  /** False: this machine lacks what the spec needs; it reports itself as skipped. */
  readonly onlyIf?: boolean;
}

type Spec = (title: string, run: (app: App) => Promise<void>, options?: SpecOptions) => void;

/** Specs of the built page on the built core. Each has a server, a folder and a page of its own, and must end without a complaint. */
export function describeApp(name: string, specs: (spec: Spec) => void): void {
  describe.skipIf(noBrowser)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      if (!process.env.X_NOBUILD) execFileSync(process.execPath, [join(root, 'tools', 'build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());
    specs((title, run, options = {}) => {
      it.skipIf(options.onlyIf === false)(title, async () => runSpec(browser, title, run, options));
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
    if (message.type() === 'error') problems.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  context.on('request', (request) => {
    const isOwn = [`${serving.origin}/`, `blob:${serving.origin}/`].some((begin) => request.url().startsWith(begin));
    if (!isOwn) problems.push(`request: ${request.url()}`);
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

/** Finds a browser of the Chromium family for the tests that look at the page. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { requireNode, root } from './node24.mjs';

const { env, platform } = process;
const installMs = 10 * 60 * 1000;

const programs = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const places = {
  linux: [
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ],
  darwin: ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
    ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) =>
      [
        'Google\\Chrome\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
        'Chromium\\Application\\chrome.exe',
      ].map((name) => join(folder, name)),
    ),
};

/**
 * What is installed → Playwright's own download → Debian's package. The last two are fetched only in CI or with
 * HILUM_BROWSER_INSTALL=1. HILUM_BROWSER names one, or none when it is empty, without any search.
 * @returns {Promise<{path: string, from: string} | undefined>}
 */
export async function findBrowser() {
  const given = env.HILUM_BROWSER;
  if (given !== undefined) return given === '' ? undefined : { path: given, from: 'HILUM_BROWSER' };
  return (
    installed() ?? (await playwrights()) ?? (mayInstall() ? ((await fetchPlaywrights()) ?? fetchDebians()) : undefined)
  );
}

function installed() {
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => programs.map((name) => join(folder, name)));
  const path = [...(platform === 'win32' ? [] : onPath), ...(places[platform] ?? [])].find(runs);
  return path === undefined ? undefined : { path, from: 'installed' };
}

/** Some systems put a script in its place that only says how to install it. */
function runs(path) {
  if (!existsSync(path)) return false;
  // On Windows the question for the version opens a window.
  if (platform === 'win32') return true;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /Chrom|Edge/.test(stdout);
}

async function playwrights() {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path !== '' && existsSync(path) ? { path, from: "Playwright's own" } : undefined;
}

function mayInstall() {
  return env.HILUM_BROWSER_INSTALL === '1' || (env.CI !== undefined && env.CI !== '' && env.CI !== 'false');
}

async function fetchPlaywrights() {
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  spawnSync(requireNode(), [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2], timeout: installMs });
  return playwrights();
}

function fetchDebians() {
  if (platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const options = { stdio: ['ignore', 2, 2], timeout: installMs, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  const found = installed();
  return found === undefined ? undefined : { ...found, from: "Debian's package" };
}

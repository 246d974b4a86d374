/**
 * The page over a full database: 100,000 results sorted and scrolled, 5,000 runs filtered and sorted, each from the deed to
 * the painted rows, in Chromium on the real core. Prints a table and writes bench/results/page.json.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { launchBrowser, noBrowser } from '../tests/helpers/browser.ts';
import { serveApp } from '../tests/helpers/serving.ts';
import { fillWorkspace, recordedRuns, resultRows } from './page/fill.ts';

interface Line {
  readonly what: string;
  readonly goalMs: number | null;
  readonly values: readonly number[];
}

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
if (noBrowser) {
  process.stderr.write('There is no browser on this machine: nothing was measured.\n');
  process.exit(1);
}

const inPage = readFileSync(join(import.meta.dirname, 'page', 'in-page.mjs'), 'utf8').replaceAll('export ', '');
const folder = mkdtempSync(join(tmpdir(), 'hilum-bench-page-'));
const workspace = join(folder, 'workspace');
process.stderr.write(`Filling a workspace with ${resultRows} results and ${recordedRuns} runs\n`);
const batch = fillWorkspace(workspace);
const serving = await serveApp(folder, { workspace });
const browser = await launchBrowser();
const lines: Line[] = [];
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(60_000);
  await page.addInitScript(
    `globalThis.bench = (() => { ${inPage}; return { firstPaint, rowsThere, timeToRows, scrollFrames }; })();`,
  );
  lines.push(await firstPaint(page));
  lines.push(...(await results(page)), ...(await runs(page)));
} finally {
  await browser.close();
  await serving.stop();
  rmSync(folder, { recursive: true, force: true });
}
report(lines);

async function firstPaint(page: Page): Promise<Line> {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto('about:blank');
    await page.goto(serving.url);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    values.push(await page.evaluate('bench.firstPaint()'));
  }
  return { what: 'first contentful paint of the app', goalMs: 1000, values };
}

async function results(page: Page): Promise<Line[]> {
  await page.goto(`${serving.origin}/#/classify/${batch}`);
  await page.getByRole('grid', { name: 'Images' }).waitFor();
  await rowsThere(page);
  // The process that reads images starts with the first one: that is none of the sorting.
  await page.waitForLoadState('networkidle');
  const sorts: Line[] = [];
  for (const column of ['File', 'Scan', 'Answer', 'Probability', 'State']) {
    const values: number[] = [];
    for (let round = 0; round < rounds; round++) values.push(await timed(page, clickHeading(column)));
    sorts.push({ what: `sort ${resultRows.toLocaleString('en-US')} results by ${column}`, goalMs: 300, values });
  }
  const frames: number[] = await page.evaluate('bench.scrollFrames(5)');
  return [
    ...sorts,
    { what: `frame while scrolling ${resultRows.toLocaleString('en-US')} results`, goalMs: 17, values: frames },
  ];
}

async function runs(page: Page): Promise<Line[]> {
  await page.goto(`${serving.origin}/#/runs`);
  await page.getByRole('grid', { name: 'Runs' }).waitFor();
  await rowsThere(page);
  const sort: number[] = [];
  for (let round = 0; round < rounds; round++) sort.push(await timed(page, clickHeading('Name')));
  const filter: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const text = `params.head.dropout = 0.${1 + (round % 8)}`;
    filter.push(await timed(page, `bench.to('#/runs?filter=' + encodeURIComponent(${JSON.stringify(text)}))`));
  }
  const of = recordedRuns.toLocaleString('en-US');
  return [
    { what: `sort ${of} runs by name`, goalMs: 200, values: sort },
    { what: `filter ${of} runs by a parameter`, goalMs: 200, values: filter },
  ];
}

/** From the deed to the painted rows. */
function timed(page: Page, deed: string): Promise<number> {
  return page.evaluate(`bench.to = (hash) => { location.hash = hash; }; bench.timeToRows(() => { ${deed} })`);
}

function clickHeading(title: string): string {
  const headings = `[...document.querySelectorAll('[role="grid"] thead th')]`;
  return `(${headings}.find((each) => each.textContent.startsWith(${JSON.stringify(title)})).querySelector('button') ?? ${headings}.find((each) => each.textContent.startsWith(${JSON.stringify(title)}))).click()`;
}

async function rowsThere(page: Page): Promise<void> {
  await page.evaluate('bench.rowsThere()');
}

function report(measured: readonly Line[]): void {
  const rows = measured.map(({ what, goalMs, values }) => {
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
    return { what, goalMs, count: values.length, medianMs: at(0.5), p95Ms: at(0.95), worstMs: at(1) };
  });
  const results = join(import.meta.dirname, 'results');
  mkdirSync(results, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg() };
  writeFileSync(join(results, 'page.json'), `${JSON.stringify({ name: 'page', rounds, machine, rows }, null, 2)}\n`);
  for (const { what, goalMs, medianMs, p95Ms, worstMs } of rows) {
    const figures = [medianMs, p95Ms, worstMs].map((each) => each.toFixed(1).padStart(7)).join('  ');
    console.log(`${what.padEnd(44)} median, p95, worst ms ${figures}${goalMs === null ? '' : `   goal ${goalMs}`}`);
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Download, Locator, Page } from 'playwright';
import { hilumIn } from '../system/phantom-study.ts';
import { eventually } from './eventually.ts';
import { arrowToEntry, tabAndEnter } from './keyboard.ts';

/** A row of the table of images as it is read. */
export interface ShownRow {
  readonly file: string;
  readonly answer: string;
  readonly state: string;
  readonly reading: string;
  readonly selected: boolean;
}

export const images = (page: Page): Locator => page.getByRole('grid', { name: 'Images' });
export const rowAt = (page: Page, index: number): Locator => images(page).locator(`[aria-rowindex="${index + 2}"]`);

/** The row at a place of the table, by the headings above it. */
export async function rowOf(page: Page, index: number): Promise<ShownRow> {
  const row = rowAt(page, index);
  const titles = await images(page).getByRole('columnheader').allInnerTexts();
  const cells = await row.getByRole('gridcell').allTextContents();
  const cell = (title: string): string => cells[titles.indexOf(title)]?.trim() ?? '';
  return {
    file: cell('File'),
    answer: cell('Answer'),
    state: cell('State'),
    reading: cell('Reading'),
    selected: (await row.getAttribute('aria-selected')) === 'true',
  };
}

/** Classifies a folder below the one that the page may read, by keys alone, on the start screen. */
export async function chooseFolder(page: Page, ...path: readonly string[]): Promise<void> {
  await tabAndEnter(page, page.getByRole('button', { name: 'Choose folder' }));
  const dialog = page.getByRole('dialog');
  for (const name of path) await tabAndEnter(page, dialog.getByRole('button', { name, exact: true }));
  await tabAndEnter(page, dialog.getByRole('button', { name: 'Use this folder' }));
}

/** Waits until the open batch has rows and nothing works on it any more. */
export async function batchDone(page: Page): Promise<void> {
  await page.waitForURL(/#\/classify\/[0-9a-f]+/);
  await rowAt(page, 0).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'hidden', timeout: 90_000 });
  await eventually(() => page.getByText('Resume goes on with the rest').count()).toBe(0);
}

export async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** What an entry of the Export menu brings, by keys alone. */
export async function exported(page: Page, entry: string): Promise<string> {
  await tabAndEnter(page, page.getByRole('button', { name: 'Export', exact: true }));
  await arrowToEntry(page, entry);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  return textOf(download);
}

/** What the command line writes for the folder, in records of its own. */
export async function cliTable(folder: string, source: string, ...words: readonly string[]): Promise<string> {
  const out = join(folder, 'by-command.csv');
  const { code, stderr } = await hilumIn(folder, 'classify', source, '--out', out, ...words);
  if (code !== 0 && code !== 3) throw new Error(`hilum classify ended with ${code}: ${stderr}`);
  return readFile(out, 'utf8');
}

export type CsvRow = Readonly<Record<string, string>>;

export function parseCsv(text: string): CsvRow[] {
  return Papa.parse<CsvRow>(text, { header: true, skipEmptyLines: true }).data;
}

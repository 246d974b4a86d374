import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { describeApp } from '../helpers/app.ts';
import { batchDone, cliTable, exported } from '../helpers/batches.ts';
import { eventually } from '../helpers/eventually.ts';
import { greyPng } from '../helpers/grey-png.ts';
import { dropFiles } from '../helpers/in-page.mjs';
import { tabTo } from '../helpers/keyboard.ts';

/** Folders of the user's own machine: the same names, other pictures. */
async function prepare(folder: string): Promise<{ roots: string[] }> {
  for (const [place, seed] of [
    ['first', 3],
    ['second', 29],
  ] as const) {
    const scans = join(folder, place, 'incoming');
    await mkdir(join(scans, 'below'), { recursive: true });
    for (let number = 1; number <= 8; number++) {
      const name = `${number % 2 === 0 ? 'below/' : ''}image ${number}.png`;
      await writeFile(join(scans, name), await greyPng(90, 80, (x, y) => (x * seed + y * number) % 251));
    }
  }
  // The page may read nothing but what it is sent.
  await mkdir(join(folder, 'shared'));
  return { roots: [join(folder, 'shared')] };
}

/** Sends a folder by the button, as the keyboard presses it. */
async function send(page: Page, folder: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Send from this computer' }));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(folder);
}

describeApp('files that are sent from the page', (spec) => {
  spec(
    'a folder chosen by keyboard alone is sent and classified as if it lay on the server',
    async ({ page, folder }) => {
      const mine = join(folder, 'first', 'incoming');
      await send(page, mine);
      await batchDone(page);
      expect(await exported(page, 'Table as CSV')).toBe(await cliTable(folder, mine));
    },
    { prepare, firstRun: false },
  );

  spec(
    'files dropped on the page are sent and classified',
    async ({ page, folder }) => {
      const pictures = await Promise.all(
        [1, 2, 3].map(async (number) => [...(await greyPng(64, 64, (x, y) => x * number + y))]),
      );
      const files = pictures.map((bytes, index) => ({ name: `dropped ${index}.png`, bytes }));
      await eventually(() => page.getByRole('button', { name: 'Choose folder' }).isEnabled()).toBe(true);
      await page.getByText('Drop a folder of CT images').locator('..').evaluate(dropFiles, files);
      await batchDone(page);
      const own = join(folder, 'own');
      await mkdir(own);
      for (const { name, bytes } of files) await writeFile(join(own, name), Uint8Array.from(bytes));
      expect(await exported(page, 'Table as CSV')).toBe(await cliTable(folder, own));
    },
    { prepare, firstRun: false },
  );

  spec(
    'two people who send files of the same names at once do not touch each other',
    async ({ page, folder, open }) => {
      const other = (await open()).page;
      const users = [
        { page, mine: join(folder, 'first', 'incoming') },
        { page: other, mine: join(folder, 'second', 'incoming') },
      ];
      await Promise.all(users.map((user) => send(user.page, user.mine)));
      await Promise.all(users.map((user) => batchDone(user.page)));
      expect(page.url()).not.toBe(other.url());
      const tables = await Promise.all(users.map((user) => exported(user.page, 'Table as CSV')));
      expect(tables[0]).not.toBe(tables[1]);
      for (const [index, { mine }] of users.entries()) expect(tables[index]).toBe(await cliTable(folder, mine));
    },
    { prepare, firstRun: false },
  );
});

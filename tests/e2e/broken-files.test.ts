import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writePhantom } from '../../src/pipeline/phantom/index.ts';
import { describeApp } from '../helpers/app.ts';
import { batchDone, chooseFolder, exported, images, parseCsv } from '../helpers/batches.ts';
import { eventually } from '../helpers/eventually.ts';
import { tabTo } from '../helpers/keyboard.ts';
import { makeDicom } from '../pipeline/images/make-dicom.ts';

/** Eight synthetic slices, and files that are none, each in another way. */
async function prepare(folder: string): Promise<undefined> {
  const scans = join(folder, 'incoming');
  await writePhantom(scans, { scans: 1, slices: 2, seed: 3, formats: 'png' });
  await writeFile(join(scans, 'broken.png'), 'no picture');
  await writeFile(join(scans, 'cut.dcm'), makeDicom().slice(0, -8));
  await writeFile(join(scans, 'empty.png'), '');
}

describeApp('files that cannot be classified, by keyboard alone', (spec) => {
  spec(
    'each shows its reason, as the table that is exported says it, and all others are classified',
    async ({ page }) => {
      await chooseFolder(page, 'incoming');
      await batchDone(page);
      const table = parseCsv(await exported(page, 'Table as CSV'));
      const refused = table.filter(({ state }) => state === 'refused');
      expect(refused.map(({ file, code }) => `${file} ${code}`)).toEqual([
        'broken.png image/unknown-format',
        'cut.dcm image/truncated',
        'empty.png image/empty',
      ]);
      expect(table).toHaveLength(11);

      await tabTo(page, page.getByRole('button', { name: /^refused/ }), 'Shift+Tab');
      await page.keyboard.press('Space');
      await eventually(() => images(page).getAttribute('aria-rowcount')).toBe('4');
      await tabTo(page, images(page));
      const reason = page.getByText('No answer was given').locator('..').getByRole('paragraph').first();
      const seen: string[] = [];
      for (const key of ['Home', 'ArrowDown', 'ArrowDown']) {
        await page.keyboard.press(key);
        await eventually(async () => seen.includes((await reason.textContent()) ?? '')).toBe(false);
        seen.push((await reason.textContent()) ?? '');
      }
      expect(seen.sort()).toEqual(refused.map((row) => row.reason).sort());
    },
    { prepare, firstRun: false },
  );

  spec(
    'a folder without images is not classified, and the page says why',
    async ({ page }) => {
      await chooseFolder(page, 'nothing');
      const notice = page.getByRole('alert');
      await notice.waitFor();
      expect(await notice.textContent()).toContain('This folder was not classified');
      expect(await notice.textContent()).toContain('source/');
    },
    {
      prepare: async (folder) => {
        await mkdir(join(folder, 'nothing'));
        return undefined;
      },
      firstRun: false,
    },
  );
});

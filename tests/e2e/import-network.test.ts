import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { callApi } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { writeReferenceFolder } from '../pipeline/network/import/reference-folder.ts';

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

async function open(page: Page) {
  await page.getByRole('link', { name: 'Models' }).click();
  await page.getByRole('button', { name: 'Import network…' }).click();
  return page.getByRole('dialog', { name: 'Import network' });
}

describeApp('a network from elsewhere', (spec) => {
  spec(
    'is recognised, its preprocessing found, and stands among the models as trained elsewhere',
    async ({ page, folder, serving }) => {
      const dialog = await open(page);
      await dialog.getByLabel('File or folder').fill(join(folder, 'tiny.h5'));
      await dialog.getByRole('button', { name: 'Look at it' }).click();
      const seen = dialog.getByRole('region', { name: 'What was recognised' });
      await seen.getByText('Keras model (HDF5)').waitFor();
      await seen.getByText('16 x 16 pixels, three channels').waitFor();
      await dialog.getByLabel(/^Find what is not stated/).check();
      await dialog.getByLabel('Folder of pictures').fill(join(folder, 'pictures'));
      await dialog.getByLabel('Reference predictions', { exact: true }).fill(join(folder, 'reference.csv'));
      await picture(page, 'import-form');
      expect(await violations(page, 'form')).toEqual([]);
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await dialog.getByText('Imported and sealed.').waitFor({ timeout: 60_000 });
      await dialog.getByText(/The first repeats the reference within 0\.0001/).waitFor();
      await picture(page, 'import-outcome');
      expect(await violations(page, 'outcome')).toEqual([]);
      await dialog.getByRole('link', { name: 'Show the model' }).click();
      await page.getByText('Trained elsewhere', { exact: true }).first().waitFor();
      await picture(page, 'import-model');
      const { models } = await callApi(serving, 'models/list', {});
      const imported = models.find(({ title }) => title === 'tiny');
      expect(imported).toMatchObject({ honesty: 'unknown', classes: ['Cyst', 'Normal', 'Stone'], origin: 'imported' });
      expect(await callApi(serving, 'models/verify', { model: imported?.id ?? '' })).toMatchObject({
        ok: true,
        golden: 4,
      });
    },
    {
      firstRun: false,
      prepare: async (folder) => {
        await writeReferenceFolder(folder);
        return undefined;
      },
    },
  );

  spec(
    'that holds code is refused with a sentence, and a stated contract is shown in words',
    async ({ page, folder }) => {
      const dialog = await open(page);
      await dialog.getByLabel('File or folder').fill(join(folder, 'evil.h5'));
      await dialog.getByRole('button', { name: 'Look at it' }).click();
      await dialog.getByText(/loading it would run code from the file/).waitFor();
      await dialog.getByLabel('File or folder').fill(join(folder, 'tiny.h5'));
      await dialog.getByRole('button', { name: 'Look at it' }).click();
      await dialog.getByLabel('Resize').selectOption('area');
      await dialog.getByLabel('Range of values').selectOption('-1..1');
      await dialog.getByText('Resize to 16 x 16 pixels by area averages (antialiased).').waitFor();
      await dialog.getByLabel('Classes').fill('Cyst, Normal');
      await dialog.getByText('The network has 3 classes, 2 are named.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
      await dialog.getByRole('radio', { name: 'Backbone' }).check({ force: true });
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await dialog.getByText('backbone.weights: backbones/tiny', { exact: true }).waitFor({ timeout: 60_000 });
      await picture(page, 'import-backbone');
    },
    {
      firstRun: false,
      prepare: async (folder) => {
        await writeReferenceFolder(folder, 1);
        await writeFile(join(folder, 'evil.h5'), Buffer.from('\x80\x04\x95\x1f\0\0\0\0\0\0\0\x8c\x05posix', 'latin1'));
        return undefined;
      },
    },
  );
});

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import yauzl from 'yauzl';
import { callApi } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { keys } from '../helpers/keyboard.ts';

/** Files of a zip, by name. */
async function unzipped(path: string): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true });
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece);
    files.set(entry.fileName, Buffer.concat(pieces));
  }
  return files;
}

async function exportAs(page: Page, format: string): Promise<ReadonlyMap<string, Buffer>> {
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export model' });
  await dialog.getByRole('radio', { name: format }).check();
  const arriving = page.waitForEvent('download', { timeout: 120_000 });
  await dialog.getByRole('button', { name: 'Export as zip' }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(/^hilum-(sealed|tfjs|onnx|keras)-[0-9a-f]{12}\.zip$/);
  await dialog.waitFor({ state: 'detached' });
  return unzipped(await download.path());
}

describeApp('a model is exported', (spec) => {
  spec(
    'for ONNX Runtime with all that belongs to it, and for another Hilum, which takes it',
    async ({ page, serving, folder }) => {
      await page.goto(`${serving.origin}/#/models`);
      await page.getByRole('button', { name: 'Export…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Export model' });
      await dialog.getByText('Research use only. Not for diagnosis.').waitFor();
      expect(await dialog.getByRole('radio').count()).toBe(4);
      expect(await violations(page, 'export dialog')).toEqual([]);
      await keys(page, 'Escape');

      const onnx = await exportAs(page, 'ONNX');
      const names = [...onnx.keys()].map((name) => name.slice(name.indexOf('/') + 1));
      expect(names).toEqual(expect.arrayContaining(['model.onnx', 'README.txt', 'check.py', 'golden/input-1.npy']));
      const readme = [...onnx].find(([name]) => name.endsWith('/README.txt'))?.[1].toString();
      expect(readme).toContain('Research use only. Not for diagnosis.');

      const sealed = await exportAs(page, 'Sealed model');
      for (const [name, bytes] of sealed) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), bytes);
      }
      const [bundled] = (await callApi(serving, 'models/list', {})).models;
      const place = dirname(join(folder, [...sealed.keys()][0] ?? ''));
      expect(await callApi(serving, 'models/import', { folder: place })).toEqual({ model: bundled?.id });
    },
    { firstRun: false },
  );
});

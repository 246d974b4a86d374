import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { publicPem } from '../../src/main/registry/signing/key-text.ts';
import { makeKey } from '../../src/main/registry/signing/own-keys.ts';
import { keysPlace } from '../../src/main/registry/signing/place.ts';
import { signModel } from '../../src/main/registry/signing/sign.ts';
import { rawPublicKey } from '../../src/pipeline/disk/signature.ts';
import { callApi } from '../helpers/api.ts';
import { describeApp } from '../helpers/app.ts';
import { violations } from '../helpers/axe.ts';
import { keys, tabAndEnter } from '../helpers/keyboard.ts';
import { userDataOf } from '../helpers/serving.ts';
import { newKey, signedAt, testKeys } from '../helpers/signing.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';

const passphrase = 'correct horse';
const env = { HILUM_KEY_PASSPHRASE: passphrase };
const other = newKey();
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const panel = (page: Page) => region(page, 'Signature');
const dialog = (page: Page) => page.getByRole('dialog');

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HILUM_PICTURES;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** A workspace whose policy asks for signatures, a key of the user in a file, and a model that somebody else has signed. */
async function prepare(folder: string) {
  const workspace = join(folder, 'study');
  await mkdir(join(workspace, '.hilum'), { recursive: true });
  await writeFile(join(workspace, 'config.yaml'), 'registry: {require_signature: true}\n');
  await writeFile(join(workspace, 'params.yaml'), '');
  const place = keysPlace({ XDG_DATA_HOME: userDataOf(folder) });
  await makeKey({ ...testKeys(folder, passphrase).access, place }, 'Ada', join(folder, 'ada.pem'), signedAt);
  await sealTinyModel(join(folder, 'model'), { title: 'Kidney model' });
  await signModel(join(folder, 'model'), other, 'Eve of Rome', signedAt);
  return { workspace, env };
}

describeApp('who stands for a model, by keyboard alone', (spec) => {
  spec(
    'an unknown signer is compared and trusted, used, forgotten; the own key signs; Settings knows both',
    async ({ page, serving, folder }) => {
      await keys(page, 'g m');
      await region(page, 'Chosen model').getByText('Not signed.').waitFor();
      expect(await panel(page).getByRole('button', { name: 'Sign with my key…' }).count()).toBe(0);
      await panel(page).getByText('This workspace uses signed models of trusted signers only').waitFor();
      const found = await violations(page, 'unsigned');

      // Somebody's key from a file, before any of their models is here.
      const pem = publicPem(rawPublicKey(other));
      await page.goto(`${serving.origin}/#/settings`);
      const settings = region(page, 'Signing keys');
      await settings.getByRole('row', { name: /^Ada/ }).first().waitFor();
      expect(await settings.getByRole('button', { name: 'Make a key…' }).isDisabled()).toBe(true);
      await settings.getByText('hilum keys make --file').waitFor();
      await tabAndEnter(page, settings.getByRole('button', { name: 'Trust a key…' }));
      await dialog(page).getByLabel('Public key').fill(pem);
      await tabAndEnter(page, dialog(page).getByRole('button', { name: 'Show its fingerprint' }));
      await dialog(page).getByLabel('Name that you know its owner by').fill('Eve');
      const trust = dialog(page).getByRole('button', { name: 'Trust', exact: true });
      expect(await trust.isDisabled()).toBe(true);
      await dialog(page).getByRole('checkbox').focus();
      await keys(page, 'Space');
      await picture(page, 'signing-trust-key');
      found.push(...(await violations(page, 'trust key')));
      await tabAndEnter(page, trust);
      await settings.getByRole('row', { name: /^Eve/ }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await settings.scrollIntoViewIfNeeded();
      await picture(page, 'signing-settings');
      found.push(...(await violations(page, 'settings')));

      const { model } = await callApi(serving, 'models/import', { folder: join(folder, 'model') });
      await page.goto(`${serving.origin}/#/models/${model}`);
      await panel(page).getByText('Signed by Eve on 2026-01-02; the key is trusted here.').waitFor();
      await page.getByRole('option', { name: /Kidney model.*Signed: Eve/ }).waitFor();
      await picture(page, 'signing-trusted');
      found.push(...(await violations(page, 'trusted')));

      await tabAndEnter(page, panel(page).getByRole('button', { name: 'Forget signer' }));
      await panel(page)
        .getByText(/not trusted here, by somebody who goes by "Eve of Rome"/)
        .waitFor();
      await page.getByRole('option', { name: /Unknown signer/ }).waitFor();
      await page.evaluate(`localStorage.setItem('hilum.prefs', '{"theme":"light"}')`);
      await page.reload();
      await panel(page).getByText('Goes by the name').waitFor();
      await picture(page, 'signing-unknown-light');
      found.push(...(await violations(page, 'unknown')));

      await tabAndEnter(page, panel(page).getByRole('button', { name: 'Trust this signer…' }));
      await dialog(page).getByText('Anybody can write any name').waitFor();
      await picture(page, 'signing-trust-signer');
      found.push(...(await violations(page, 'trust signer')));
      await keys(page, 'Escape');
      await tabAndEnter(page, panel(page).getByRole('button', { name: 'Sign with my key…' }));
      await dialog(page).getByText('The signature that it has now is replaced.').waitFor();
      await picture(page, 'signing-sign');
      found.push(...(await violations(page, 'sign')));
      await tabAndEnter(page, dialog(page).getByRole('button', { name: 'Sign', exact: true }));
      await panel(page)
        .getByText(/^Signed by Ada on/)
        .waitFor();
      await page.getByRole('option', { name: /Signed: Ada/ }).waitFor();

      await writeFile(join(folder, 'study', '.hilum', 'models', model, 'signature.json'), '{}');
      await page.reload();
      await page.getByRole('option', { name: /Unusable.*Bad signature/ }).waitFor();
      await picture(page, 'signing-bad');
      found.push(...(await violations(page, 'bad')));
      expect(found).toEqual([]);
    },
    { prepare, firstRun: false, timeoutMs: 120_000 },
  );
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, noBrowser } from '../../helpers/browser.ts';
import { documentsWith, payloads } from '../../pipeline/reports/hostile.ts';

describe.skipIf(noBrowser)('[A7] reports in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let folder: string;
  const events: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hilum-reports-'));
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('dialog', async (dialog) => {
      events.push(`dialog ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('console', (message) => events.push(`console ${message.text()}`));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) events.push(`request ${request.url()}`);
    });
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(name: string, text: string): Promise<void> {
    const path = join(folder, name);
    await writeFile(path, text);
    await page.goto(pathToFileURL(path).href);
  }

  it('60 payloads: no script runs, nothing is requested, no policy is broken, every plot loads', async () => {
    for (const payload of payloads) {
      const { html, svg } = documentsWith(payload);
      for (const document of html) {
        await open('report.html', document);
        const broken = await page.evaluate('[...document.images].filter((image) => image.naturalWidth === 0).length');
        expect(broken, payload).toBe(0);
      }
      for (const document of svg.slice(0, 1)) await open('plot.svg', document);
    }
    expect(events).toEqual([]);
  });

  it('every plot is well-formed XML', async () => {
    await open('blank.html', '<!doctype html><title>blank</title>');
    for (const payload of payloads) {
      const faults = await page.evaluate(
        `${JSON.stringify(documentsWith(payload).svg)}.map((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent).filter(Boolean)`,
      );
      expect(faults, payload).toEqual([]);
    }
  });
});

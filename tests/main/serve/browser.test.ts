import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser, noBrowser } from '../../helpers/browser.ts';
import { serve, token } from '../../helpers/served.ts';

/** What pages do in these tests, as text: this project's tests know no types of a browser. */
const inPage = {
  listen: `(url) => new Promise((resolve) => {
    const socket = new WebSocket(url, ['hilum.v1', 'bearer.${token}']);
    socket.onmessage = ({ data }) => resolve(socket.protocol + ' ' + data);
    socket.onopen = () => void fetch('/health');
    socket.onerror = () => resolve('blocked');
  })`,
  call: `(url, options) => fetch(url, options).then(
    async (response) => response.status + ' ' + (await response.text()),
    () => 'blocked',
  )`,
  put: `(url, headers, bytes) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.onload = () => resolve(request.status + ' ' + request.responseText);
    request.onerror = () => resolve('connection lost');
    request.send(new Blob([new Uint8Array(bytes)]));
  })`,
  show: `(url) => new Promise((resolve) => {
    const image = document.body.appendChild(new Image());
    image.onload = () => resolve('shown');
    image.onerror = () => resolve('blocked');
    image.src = url;
  })`,
} as const;

function act(page: Page, deed: keyof typeof inPage, ...words: readonly unknown[]): Promise<unknown> {
  return page.evaluate(`(${inPage[deed]})(...${JSON.stringify(words)})`);
}

describe.skipIf(noBrowser)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(url);
    return page;
  }

  it('the opening address ends on the page with the token behind the #, and is not left in the history', async () => {
    const { server } = await serve();
    const page = await open(server.openingUrl());
    await page.waitForURL(`${server.url}#token=${token}`);
    expect(await page.title()).toBe('Hilum');
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  it('the own page calls, hears pushes, sends a file, and reads why a large one is refused', async () => {
    const served = await serve({ limits: { fileBytes: 1000 } });
    const { url } = served.server;
    const page = await open(url);
    const me = { id: 'page-of-a-real-browser' };
    const headers = { Authorization: `Bearer ${token}`, 'X-Hilum-Page': me.id };
    const connected = page.waitForResponse(`${url}health`);
    const heard = act(page, 'listen', `${url.replace('http', 'ws')}push`);
    await connected;
    served.core.push({ topic: 'changed', what: 'runs' });
    expect(await heard).toBe('hilum.v1 {"topic":"changed","what":"runs"}');
    const json = { ...headers, 'Content-Type': 'application/json' };
    expect(await act(page, 'call', '/api/app/state', { method: 'POST', headers: json, body: '{}' })).toBe(
      '200 {"ok":true,"value":{}}',
    );
    const upload = await served.uploads.begin(me);
    const place = `/upload/${upload}?name=`;
    expect(await act(page, 'put', `${place}scans%2F%C3%A4.png`, headers, 10)).toBe(
      '200 {"ok":true,"value":{"bytes":10}}',
    );
    expect(await act(page, 'put', `${place}large.png`, headers, 20_000_000)).toContain(
      '413 {"ok":false,"error":{"code":"upload/too-large"',
    );
    expect(await served.uploads.finish(upload, me)).toMatchObject({ files: 1 });
  });

  it('[A1] a page of another origin that even knows the token reads nothing, calls nothing and hears nothing', async () => {
    const served = await serve();
    const { url } = served.server;
    const evil = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html').end('<title>evil</title>');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void evil.close());
    const address = evil.address();
    const page = await open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    const authorized = { method: 'POST', body: '{}', headers: { Authorization: `Bearer ${token}` } };
    expect(await act(page, 'call', `${url}health`)).toBe('blocked');
    expect(await act(page, 'call', `${url}api/app/state`, authorized)).toBe('blocked');
    expect(await act(page, 'call', `${url}api/app/state`, { method: 'POST', body: '{}', mode: 'no-cors' })).toBe(
      'blocked',
    );
    expect(await act(page, 'listen', `${url.replace('http', 'ws')}push`)).toBe('blocked');
    expect(await act(page, 'show', `${url}icon.svg`)).toBe('blocked');
    expect(served.core.asked).toEqual([]);
  });
});

import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { defaultArchiveLimits, openSource, type SourceOptions } from '../../../src/pipeline/files/index.ts';
import { codeOf, entriesOf, outcomes, temporaryFolder } from './helpers/temp.ts';
import { craftZip } from './helpers/zip.ts';

const random = randomFrom('url', 1);
const noise = Buffer.from(Array.from({ length: 400_000 }, () => random.below(256)));
const archive = craftZip([
  { name: 'Cyst/a.png', data: noise, stored: true },
  { name: 'Tumor/b.png', data: Buffer.from('b') },
]);
const hash = sha256(archive);

type Answer = (request: IncomingMessage, response: ServerResponse, calls: number) => void;

/** A server on loopback, and what was asked of it. */
async function serve(answer: Answer) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { asked, location: `http://127.0.0.1:${address.port}/study.zip`, port: address.port };
}

const etag = '"version 1"';

/** Serves bytes as RFC 9110 says, with ranges. */
function whole(bytes: Buffer, tag = etag): Answer {
  return (request, response) => {
    const start = Number(/^bytes=([0-9]+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const fresh = request.headers['if-range'] === undefined || request.headers['if-range'] === tag;
    if (start >= bytes.length && fresh) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    } else if (start > 0 && fresh) {
      const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': bytes.length - start, etag: tag });
      response.end(bytes.subarray(start));
    } else {
      response.writeHead(200, { 'content-length': bytes.length, etag: tag }).end(bytes);
    }
  };
}

/** Sends some bytes of the answer and cuts the line. */
function cutAfter(bytes: Buffer, count: number, headers: Record<string, string> = { etag }): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length, ...headers });
    response.write(bytes.subarray(0, count), () => response.destroy());
  };
}

const busy: Answer = (_request, response) => void response.writeHead(503).end();

const open = (location: string, cacheFolder: string, more: Partial<SourceOptions> = {}) =>
  openSource(location, { cacheFolder, sha256: hash, ...more });

const expected = { 'Cyst/a.png': 'file', 'Tumor/b.png': 'file' };

describe('an address as source', () => {
  it('downloads, verifies, unpacks, and asks nothing the second time', async () => {
    const cache = await temporaryFolder();
    const { location, asked } = await serve(whole(archive));
    const reports: number[] = [];
    const source = await open(location, cache, {
      onProgress: (step, done) => {
        if (step === 'download') reports.push(done);
      },
    });
    expect(source.kind).toBe('url');
    const entries = await entriesOf(source);
    expect(outcomes(entries)).toEqual(expected);
    expect(reports.at(-1)).toBe(archive.length);
    expect(await entriesOf(await open(location, cache))).toEqual(entries);
    expect(asked).toEqual([undefined]);
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
  });

  it('goes on after a broken line within one call', async () => {
    const cache = await temporaryFolder();
    const { location, asked } = await serve((request, response, calls) =>
      (calls === 1 ? cutAfter(archive, 150_000) : whole(archive))(request, response, calls),
    );
    expect(outcomes(await entriesOf(await open(location, cache)))).toEqual(expected);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatch(/^bytes=[1-9][0-9]*-$/);
  });

  it('keeps what came when it fails, and the next call continues there', async () => {
    const cache = await temporaryFolder();
    let answer: Answer = (request, response, calls) =>
      (calls === 1 ? cutAfter(archive, 150_000) : busy)(request, response, calls);
    const { location, asked } = await serve((...all) => answer(...all));
    expect(await codeOf(open(location, cache))).toBe('source/download-failed');
    const { size } = await stat(join(cache, 'downloads', `${hash}.part`));
    expect(size).toBeGreaterThan(0);
    answer = whole(archive);
    expect(outcomes(await entriesOf(await open(location, cache)))).toEqual(expected);
    expect(asked.at(-1)).toBe(`bytes=${size}-`);
  });

  it('starts anew when the file behind the address has changed', async () => {
    const cache = await temporaryFolder();
    const old = Buffer.from(archive).fill(7);
    let answer: Answer = (request, response, calls) =>
      (calls === 1 ? cutAfter(old, 150_000) : busy)(request, response, calls);
    const { location } = await serve((...all) => answer(...all));
    await codeOf(open(location, cache));
    expect(await readFile(join(cache, 'downloads', `${hash}.etag`), 'utf8')).toBe(etag);
    answer = whole(archive, '"version 2"');
    expect(outcomes(await entriesOf(await open(location, cache)))).toEqual(expected);
  });

  it('starts anew with a server that ignores ranges, and does not keep weak tags', async () => {
    const cache = await temporaryFolder();
    let answer: Answer = (request, response, calls) =>
      (calls === 1 ? cutAfter(archive, 150_000, { etag: 'W/"weak"' }) : busy)(request, response, calls);
    const { location } = await serve((...all) => answer(...all));
    await codeOf(open(location, cache));
    expect(existsSync(join(cache, 'downloads', `${hash}.etag`))).toBe(false);
    answer = (_request, response) => void response.writeHead(200).end(archive);
    expect(outcomes(await entriesOf(await open(location, cache)))).toEqual(expected);
  });

  it('takes a part that is already complete', async () => {
    const cache = await temporaryFolder();
    const controller = new AbortController();
    const { location, asked } = await serve(whole(archive));
    const cancelled = open(location, cache, {
      signal: controller.signal,
      onProgress: (_step, done) => {
        if (done === archive.length) controller.abort();
      },
    });
    expect(await codeOf(cancelled)).toBe('cancelled/by-user');
    expect(outcomes(await entriesOf(await open(location, cache)))).toEqual(expected);
    expect(asked).toEqual([undefined, `bytes=${archive.length}-`]);
  });

  it('gives up on a server that keeps cutting', async () => {
    const cache = await temporaryFolder();
    const { location, asked } = await serve((_request, response) => response.destroy());
    expect(await codeOf(open(location, cache))).toBe('source/download-failed');
    expect(asked).toHaveLength(1);
  });

  it('keeps nothing when the hash is wrong', async () => {
    const cache = await temporaryFolder();
    const { location } = await serve(whole(Buffer.concat([archive, Buffer.from('!')])));
    expect(await codeOf(open(location, cache))).toBe('source/hash-mismatch');
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
    expect(existsSync(join(cache, 'archives'))).toBe(false);
  });

  it('keeps nothing of a download that is no archive, or too large', async () => {
    const cache = await temporaryFolder();
    const single = Buffer.from('\x89PNG just one picture', 'latin1');
    const { location } = await serve(whole(single));
    expect(await codeOf(open(location, cache, { sha256: sha256(single) }))).toBe('source/unknown-kind');
    const limits = { ...defaultArchiveLimits, totalBytes: 10 };
    expect(await codeOf(open(location, cache, { sha256: sha256(single), limits }))).toBe('source/bad-archive');
    expect(await readdir(join(cache, 'downloads'))).toEqual([]);
  });

  it('follows a redirect on the same host and refuses one to another host, port or scheme', async () => {
    const cache = await temporaryFolder();
    const other = await serve(whole(archive));
    const targets: Record<string, string> = {
      '/here': '/study.zip',
      '/port': other.location,
      '/host': `http://localhost:${other.port}/study.zip`,
      '/far': 'https://example.org/study.zip',
      '/scheme': 'file:///etc/passwd',
      '/loop': '/loop',
    };
    const { location } = await serve((request, response, calls) => {
      const target = targets[request.url ?? ''];
      if (target === undefined) whole(archive)(request, response, calls);
      else response.writeHead(302, { location: target }).end();
    });
    const from = (path: string) => open(location.replace('/study.zip', path), cache);
    expect(await codeOf(from('/port'))).toBe('source/redirect');
    expect(await codeOf(from('/host'))).toBe('source/redirect');
    expect(await codeOf(from('/far'))).toBe('source/redirect');
    expect(await codeOf(from('/scheme'))).toBe('source/url-scheme');
    expect(await codeOf(from('/loop'))).toBe('source/download-failed');
    expect(other.asked).toEqual([]);
    expect(outcomes(await entriesOf(await from('/here')))).toEqual(expected);
  });

  it('needs a hash, and https outside loopback', async () => {
    const cache = await temporaryFolder();
    const url = 'https://example.org/a.zip';
    expect(await codeOf(open(url, cache, { sha256: undefined }))).toBe('source/hash-required');
    expect(await codeOf(open(url, cache, { sha256: 'abc' }))).toBe('source/hash-required');
    for (const bad of [
      'http://example.org/a.zip',
      'http://127.0.0.1.example.org/a',
      'ftp://localhost/a',
      'file:///a',
    ]) {
      expect(await codeOf(open(bad, cache))).toBe('source/url-scheme');
    }
  });

  it('says why when nobody answers or the file is not there', async () => {
    const cache = await temporaryFolder();
    expect(await codeOf(open('http://127.0.0.1:9/a.zip', cache))).toBe('source/download-failed');
    const { location } = await serve((_request, response) => void response.writeHead(404).end());
    expect(await codeOf(open(location, cache))).toBe('source/download-failed');
  });
});

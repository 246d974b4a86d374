import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, open, rename, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { readStable } from '../../../src/pipeline/files/index.ts';
import { codeOf, temporaryFolder } from './helpers/temp.ts';

const posix = process.platform !== 'win32';

describe('reading a file that may change', () => {
  it('gives the bytes, their hash and the state of the file', async () => {
    const path = join(await temporaryFolder(), 'a.png');
    const bytes = Buffer.from('some bytes');
    await writeFile(path, bytes);
    const handle = await open(path);
    const { size, mtimeMs, ino } = await handle.stat();
    await handle.close();
    expect(await readStable(path)).toEqual({ bytes, sha256: sha256(bytes), size, mtimeMs, ino });
    await writeFile(path, '');
    expect((await readStable(path)).size).toBe(0);
  });

  it.runIf(posix)('[B10] does not block on a pipe, follow a link or open a socket or folder', async () => {
    const folder = await temporaryFolder();
    const at = (name: string) => join(folder, name);
    execFileSync('mkfifo', [at('pipe')]);
    await writeFile(at('real'), 'x');
    await symlink('real', at('link'));
    await mkdir(at('folder'));
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    for (const name of ['pipe', 'link', 'folder', 'socket']) {
      expect(await codeOf(readStable(at(name))), name).toBe('image/not-a-file');
    }
  });

  it('names a missing, forbidden or far too large file', async () => {
    const folder = await temporaryFolder();
    expect(await codeOf(readStable(join(folder, 'nothing')))).toBe('image/missing');
    await writeFile(join(folder, 'a'), 'x');
    expect(await codeOf(readStable(join(folder, 'a', 'below')))).toBe('image/unreadable');
    await truncate(join(folder, 'a'), 2 ** 31 + 1);
    expect(await codeOf(readStable(join(folder, 'a')))).toBe('image/too-large');
    if (posix && process.getuid?.() !== 0) {
      await writeFile(join(folder, 'b'), 'x');
      await chmod(join(folder, 'b'), 0);
      expect(await codeOf(readStable(join(folder, 'b')))).toBe('image/unreadable');
    }
  });

  it('reads a file of an earlier time and a fresh one with the same result', async () => {
    const path = join(await temporaryFolder(), 'a.png');
    await writeFile(path, 'x');
    const fresh = await readStable(path);
    await utimes(path, new Date(2020, 1, 1), new Date(2020, 1, 1));
    expect((await readStable(path)).sha256).toBe(fresh.sha256);
    await utimes(path, new Date(2100, 1, 1), new Date(2100, 1, 1));
    expect((await readStable(path)).sha256).toBe(fresh.sha256);
  });

  it('[B11] while a writer truncates, extends and replaces: a complete version or image/unstable, 500 times', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'slice.dcm');
    const versions = [300_000, 300_000, 450_000].map((size, i) => Buffer.alloc(size, `version ${i} `));
    for (const [i, version] of versions.entries()) await writeFile(join(folder, `v${i}`), version);
    await copyFile(join(folder, 'v0'), path);
    const whole = new Set(versions.map((version) => sha256(version)));
    const shared = new Int32Array(new SharedArrayBuffer(8));
    const writer = new Worker(writerCode, { eval: true, workerData: { folder, path, shared } });
    const seen: Record<string, number> = {};
    for (let round = 0; round < 10; round++) {
      const outcomes = Array.from({ length: 50 }, () =>
        readStable(path).then(
          (read) => (whole.has(read.sha256) ? 'complete' : 'partial'),
          (error: unknown) => (error instanceof HilumError ? error.code : 'other'),
        ),
      );
      for (const outcome of await Promise.all(outcomes)) seen[outcome] = (seen[outcome] ?? 0) + 1;
    }
    Atomics.store(shared, 0, 1);
    await new Promise((resolve) => writer.once('exit', resolve));
    const { complete = 0, partial = 0, 'image/unstable': unstable = 0 } = seen;
    expect(complete + partial + unstable, JSON.stringify(seen)).toBe(500);
    // A writer that the machine itself held up in mid-file for longer than a file is left to settle looks finished.
    const writerWasHeldUp = (shared[1] ?? 0) > 200;
    if (!writerWasHeldUp) expect(partial).toBe(0);

    await writeFile(join(folder, 'replacement'), versions[2] ?? '');
    await rename(join(folder, 'replacement'), path);
    expect((await readStable(path)).sha256).toBe(sha256(versions[2] ?? ''));
  });
});

/** Bursts of overwriting in place, truncating, extending and swapping by rename; notes the longest single change in ms. */
const writerCode = `
const fs = require('node:fs');
const { workerData: { folder, path, shared } } = require('node:worker_threads');
const versions = [0, 1, 2].map((i) => fs.readFileSync(folder + '/v' + i));
for (let i = 0; Atomics.load(shared, 0) === 0; i++) {
  const version = versions[i % 3];
  const start = performance.now();
  if (i % 5 === 4) {
    fs.writeFileSync(folder + '/next', version);
    fs.renameSync(folder + '/next', path);
  } else if (i % 5 === 3) {
    const handle = fs.openSync(path, 'r+');
    fs.writeSync(handle, version);
    fs.ftruncateSync(handle, version.length);
    fs.closeSync(handle);
  } else {
    fs.truncateSync(path, 0);
    fs.writeFileSync(path, version);
  }
  shared[1] = Math.max(shared[1], Math.ceil(performance.now() - start));
  Atomics.wait(shared, 0, 0, i % 100 === 99 ? 400 : 2);
}
`;

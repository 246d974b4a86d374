import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { withArchive } from '../../../../src/main/interop/bundle/archive.ts';
import { rootOf } from '../../../../src/main/interop/bundle/format.ts';
import { takeInBundle } from '../../../../src/main/interop/bundle/take-in.ts';
import { writeBundle } from '../../../../src/main/interop/bundle/write.ts';
import { modelStore } from '../../../../src/main/models/store.ts';
import { temporaryFolder } from '../../../helpers/records.ts';
import { evaluatedRun, newWorld, now, type World } from './world.ts';

type Files = Map<string, Buffer>;

/** What a good bundle of one run with its model holds. */
async function goodFiles(): Promise<Files> {
  const world = newWorld('a');
  const id = await evaluatedRun(world, {}, { seed: 3 });
  const path = join(temporaryFolder(), 'good.zip');
  await writeBundle(world, path, { runs: [id], withModels: true, withPredictions: true, names: 'replaced' }, now);
  return withArchive(path, async (archive) => {
    const files: Files = new Map();
    for (const name of archive.names) files.set(name, await archive.read(name, 1e8));
    return files;
  });
}

async function zipOf(files: Files): Promise<string> {
  const path = join(temporaryFolder(), 'hostile.zip');
  const zip = new ZipFile();
  for (const [name, content] of files) zip.addBuffer(content, name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

function jsonIn(files: Files, name: string): Record<string, unknown> {
  return JSON.parse(files.get(name)?.toString('utf8') ?? '{}');
}

/** The same files with a tree that fits them: what somebody writes who knows the format. */
function withTree(files: Files): Files {
  const entries = [...files]
    .filter(([name]) => name !== 'bundle.json')
    .map(([path, content]) => ({
      path,
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
    }));
  const head = { ...jsonIn(files, 'bundle.json'), entries, root: rootOf('replaced', entries) };
  return new Map(files).set('bundle.json', Buffer.from(JSON.stringify(head)));
}

/** With one JSON file changed. */
function changed(files: Files, name: string, change: Record<string, unknown>): Files {
  return new Map(files).set(name, Buffer.from(JSON.stringify({ ...jsonIn(files, name), ...change })));
}

function expectUntouched({ records, state }: World): void {
  expect(records.runs.list()).toEqual([]);
  expect(records.audit.ofAction('import')).toEqual([]);
  expect(existsSync(join(state, 'runs'))).toBe(false);
  expect(existsSync(modelStore(state))).toBe(false);
  const left = existsSync(join(state, 'tmp')) ? readdirSync(join(state, 'tmp')) : [];
  expect(left).toEqual([]);
}

async function refused(path: string, code: string, what?: RegExp): Promise<void> {
  const world = newWorld('b');
  await expect(takeInBundle(world.study, path, now)).rejects.toMatchObject({
    code,
    ...(what === undefined ? {} : { facts: { what: expect.stringMatching(what) } }),
  });
  expectUntouched(world);
}

describe('a bundle that is not what it says is refused, and nothing is written', () => {
  const run = 'runs/a-1';
  let made: Promise<Files> | undefined;
  const files = async (): Promise<Files> => {
    made ??= goodFiles();
    return new Map(await made);
  };

  it('but a good one, packed again by another program, is taken', async () => {
    const world = newWorld('b');
    const taken = await takeInBundle(world.study, await zipOf(withTree(await files())), now);
    expect(taken.runs).toHaveLength(1);
  });

  it('something else than a zip, and a zip of something else', async () => {
    const path = join(temporaryFolder(), 'x.zip');
    writeFileSync(path, 'a letter');
    await refused(path, 'bundle/not-one');
    writeFileSync(path, '');
    await refused(path, 'bundle/not-one');
    await refused(await zipOf(new Map([['scan.dcm', Buffer.alloc(9)]])), 'bundle/not-one');
    await refused(await zipOf(new Map([['bundle.json', Buffer.from('{"format":"other"}')]])), 'bundle/not-one');
    await refused(join(temporaryFolder(), 'none.zip'), 'source/unreadable');
  });

  it('cut short at any place', async () => {
    const whole = readFileSync(await zipOf(await files()));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: whole.length - 1 }), async (length) => {
        const path = join(temporaryFolder(), 'cut.zip');
        writeFileSync(path, whole.subarray(0, length));
        await refused(path, 'bundle/damaged');
      }),
      { seed: 7, numRuns: 8 },
    );
  });

  it('a changed byte in any file', async () => {
    const all = await files();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...[...all.keys()].filter((name) => name !== 'bundle.json')),
        fc.nat(),
        async (name, at) => {
          const content = Buffer.from(all.get(name) ?? '');
          const place = at % content.length;
          content[place] = (content[place] ?? 0) ^ 1;
          await refused(await zipOf(new Map(all).set(name, content)), 'bundle/damaged', /byte/);
        },
      ),
      { seed: 7, numRuns: 8 },
    );
  });

  it('a changed list, a file too many and a file too few', async () => {
    const all = await files();
    await refused(await zipOf(changed(all, 'bundle.json', { names: 'kept' })), 'bundle/damaged', /root hash/);
    await refused(
      await zipOf(new Map(all).set(`${run}/extra.json`, Buffer.from('{}'))),
      'bundle/damaged',
      /not listed/,
    );
    const few = new Map(all);
    few.delete(`${run}/training.json`);
    await refused(await zipOf(few), 'bundle/damaged', /missing/);
    const listed = withTree(new Map(all).set(`${run}/extra.json`, Buffer.from('{}')));
    await refused(await zipOf(listed), 'bundle/damaged', /no bundle has/);
  });

  it('names that lead out of the folder', async () => {
    const all = await files();
    const body = all.get(`${run}/metrics.json`) ?? Buffer.alloc(0);
    for (const name of ['runs/../metrics.json', 'runs/..%2f/metrics.json', 'runs/./metrics.json']) {
      const listed = withTree(new Map(all).set(name, body));
      const path = await rawNamed(listed, name);
      await refused(path, 'bundle/damaged');
    }
  });

  it('a bomb', async () => {
    const all = await files();
    const bomb = new Map(all).set(`${run}/predictions.csv`, Buffer.alloc(64 * 2 ** 20));
    await refused(await zipOf(withTree(bomb)), 'bundle/damaged', /grows/);
  });

  it('of a newer version', async () => {
    await refused(await zipOf(changed(await files(), 'bundle.json', { version: 2, more: true })), 'bundle/newer');
  });

  it('records that do not fit', async () => {
    const all = await files();
    const record = `${run}/record.json`;
    for (const change of [
      { kind: 'surprise' },
      { id: 'a-2' },
      { id: '../../etc' },
      { outcome: 'running' },
      { surprise: 1 },
      { epochs: [{ fold: 0, metrics: { epoch: 1 } }] },
      { metrics: { 'scan/accuracy': { value: 'high', low: null, high: null } } },
      { started_at: 'yesterday' },
    ]) {
      await refused(await zipOf(withTree(changed(all, record, change))), 'bundle/bad-record');
    }
    for (const file of ['metrics.json', 'training.json', 'predictions.csv']) {
      const wrong = new Map(all).set(`${run}/${file}`, Buffer.from('{"a":1}\n'));
      await refused(await zipOf(withTree(wrong)), 'bundle/bad-record');
    }
    await refused(await zipOf(withTree(new Map(all).set(record, Buffer.from('{')))), 'bundle/damaged', /JSON/);
  });

  it('a model whose bytes are not the sealed ones, though the tree fits', async () => {
    const all = await files();
    const [weights = ''] = [...all.keys()].filter((name) => name.endsWith('/weights.bin'));
    const content = Buffer.from(all.get(weights) ?? '');
    content[0] = (content[0] ?? 0) ^ 1;
    await refused(await zipOf(withTree(new Map(all).set(weights, content))), 'model/seal-broken');
    const moved: Files = new Map();
    for (const [name, body] of all) moved.set(name.replace(/^models\/[0-9a-f]{64}/, `models/${'0'.repeat(64)}`), body);
    await refused(await zipOf(withTree(moved)), 'bundle/damaged', /another seal/);
    const unsealed = new Map([...all].filter(([name]) => !name.endsWith('seal.json')));
    await refused(await zipOf(withTree(unsealed)), 'bundle/damaged', /no seal/);
  });
});

/** yazl itself refuses such names: they are put into the bytes afterwards, at equal length. */
async function rawNamed(files: Files, name: string): Promise<string> {
  const stand = 'x'.repeat(name.length);
  const renamed: Files = new Map([...files].map(([each, body]) => [each === name ? stand : each, body]));
  const path = await zipOf(renamed);
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(stand); at >= 0; at = bytes.indexOf(stand, at + 1)) bytes.write(name, at);
  writeFileSync(path, bytes);
  return path;
}

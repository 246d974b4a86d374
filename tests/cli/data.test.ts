import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hilum, readJson, textOf } from '../helpers/cli.ts';
import { startHilum } from '../helpers/hilum.ts';
import { soundObjects } from '../main/interop/remote/world.ts';

const logSchema = z.object({
  unrecorded: z.boolean(),
  versions: z.array(
    z.object({
      version: z.int(),
      reason: z.string(),
      images: z.int(),
      current: z.boolean(),
      in_cache: z.boolean(),
      changes: z.record(z.string(), z.int()).nullable(),
    }),
  ),
});
const movedSchema = z.object({ moved: z.int(), there: z.int(), missing: z.array(z.string()) });

const folder = mkdtempSync(join(tmpdir(), 'hilum-data-'));
const study = join(folder, 'study');
const images = join(folder, 'images');
const run = (...words: string[]) => hilum(words, { cwd: study });
const log = async () => logSchema.parse(readJson((await run('data', 'log', '--json')).stdout));

beforeAll(async () => {
  await hilum(['phantom', images, '--scans', '3', '--slices', '2', '--size', '64', '--format', 'png']);
  await hilum(['init', study, '--source', images]);
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('versions of the dataset from the command line', () => {
  const manifest = join(study, 'artifacts/dataset/manifest.csv');
  let first = '';
  let moved = '';

  it('an ingest makes a version; one that finds nothing new makes none', async () => {
    expect((await run('data', 'log')).stdout).toContain('No version is recorded yet.');
    await run('ingest');
    await run('ingest');
    first = textOf(manifest);
    const { versions } = await log();
    expect(versions).toMatchObject([{ version: 1, reason: 'ingest', images: 24, current: true, changes: null }]);
  });

  it('diff says what was removed and relabelled, as text, JSON and CSV', async () => {
    const [gone = '', other = ''] = readdirSync(join(images, 'Cyst')).sort();
    rmSync(join(images, 'Cyst', gone));
    renameSync(join(images, 'Cyst', other), join(images, 'Stone', `zz ${other}`));
    moved = `Stone/zz ${other}`;
    await run('ingest');
    const { stdout } = await run('data', 'diff', '1', '2', '--json');
    const diff = z
      .object({ counts: z.record(z.string(), z.int()), changes: z.array(z.record(z.string(), z.string())) })
      .parse(readJson(stdout));
    expect(diff.counts).toMatchObject({ added: 0, removed: 1, moved: 1, relabelled: 1 });
    expect(diff.changes).toContainEqual({ change: 'removed', image: `Cyst/${gone}`, from: 'Cyst', to: '' });
    expect(diff.changes).toContainEqual({ change: 'relabelled', image: moved, from: 'Cyst', to: 'Stone' });
    const text = (await run('data', 'diff', 'v1')).stdout;
    expect(text).toMatch(/^From version 1 to current: 1 removed, 1 moved, 1 relabelled/);
    const csv = (await run('data', 'diff', '1', 'current', '--csv')).stdout;
    expect(csv.split('\n')[0]).toBe('change,image,from,to');
    expect(csv.split('\n').length).toBe(diff.changes.length + 2);
  });

  it('checkout puts a version back, loses nothing, and names what the source lacks', async () => {
    writeFileSync(manifest, textOf(manifest).replace(/,Normal,/, ',Stone,'));
    const edited = textOf(manifest);
    expect((await log()).unrecorded).toBe(true);
    const { code, stdout } = await run('data', 'checkout', '1');
    expect(code).toBe(0);
    expect(stdout).toContain('What was there is version 3 now.');
    expect(stdout).toContain('the source misses 2 and has other content for 0');
    expect(textOf(manifest)).toBe(first);
    const { versions } = await log();
    expect(versions.map(({ reason }) => reason)).toEqual(['checkout', 'found', 'ingest', 'ingest']);
    expect(versions[1]?.changes).toMatchObject({ relabelled: 1 });
    expect((await run('status')).stdout).toMatch(/^ingest: .+\n/);
    await run('data', 'checkout', '3');
    expect(textOf(manifest)).toBe(edited);
    const unknown = await run('data', 'checkout', '77');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('data/unknown-version');
  });
});

describe('a remote from the command line', () => {
  const store = join(folder, 'store');

  it('is refused with a hint where none is set, and named once it is', async () => {
    const refused = await run('push');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('remote/none');
    expect((await run('remote', 'add', 'store', '../store', '--default')).code).toBe(0);
    expect((await run('remote', 'list')).stdout).toContain('default');
    const odd = await run('remote', 'add', 'odd', 'gs://bucket');
    expect(odd.code).toBe(2);
    expect(odd.stderr).toContain('remote/bad-url');
  });

  it('[E3] takes a push that is killed in the middle, and a pull too: the second call completes, nothing is corrupt', async () => {
    const outputs = await manyObjects();
    const pushing = startHilum(study, ['push']);
    await untilFiles(store, 40);
    pushing.killGroup();
    await pushing.ended;
    const afterKill = soundObjects(store);
    expect(afterKill.length).toBeGreaterThanOrEqual(40);
    expect(afterKill.length).toBeLessThan(outputs);
    const second = movedSchema.parse(readJson((await run('push', '--json')).stdout));
    expect(second.missing).toEqual([]);
    expect(second.there).toBeGreaterThanOrEqual(afterKill.length);
    expect(soundObjects(store).length).toBe(second.moved + second.there);

    const before = treeHash(join(study, 'artifacts/big'));
    const cache = join(study, '.dvc/cache');
    rmSync(cache, { recursive: true });
    rmSync(join(study, 'artifacts/big'), { recursive: true });
    const pulling = startHilum(study, ['pull']);
    await untilFiles(cache, 40);
    pulling.killGroup();
    await pulling.ended;
    expect(soundObjects(cache).length).toBeGreaterThanOrEqual(40);
    const { code, stderr } = await run('pull', '--force');
    expect(code, stderr).toBe(0);
    expect(soundObjects(cache)).toEqual(soundObjects(store));
    expect(treeHash(join(study, 'artifacts/big'))).toBe(before);
  });

  it('[E4] a corrupt object of the remote is named, exit 4, and never gets in', async () => {
    const [bad = ''] = soundObjects(store).filter((oid) => !oid.endsWith('.dir'));
    const path = join(store, 'files/md5', bad.slice(0, 2), bad.slice(2));
    chmodSync(path, 0o644);
    writeFileSync(path, 'rotten');
    rmSync(join(study, '.dvc/cache'), { recursive: true });
    const { code, stdout } = await run('fetch');
    expect(code).toBe(4);
    expect(stdout).toContain(bad);
    expect(soundObjects(join(study, '.dvc/cache'))).not.toContain(bad);
  });
});

/** An output of many files in dvc.yaml and dvc.lock, as a stage would leave it. @returns how many objects a push has */
async function manyObjects(): Promise<number> {
  const big = join(study, 'artifacts/big');
  mkdirSync(big, { recursive: true });
  const many = 500;
  const list: string[] = [];
  for (let file = 0; file < many; file++) {
    const name = `${String(file).padStart(5, '0')}.bin`;
    const bytes = Buffer.alloc(20_000, `content ${file} `);
    writeFileSync(join(big, name), bytes);
    list.push(`{"md5": "${createHash('md5').update(bytes).digest('hex')}", "relpath": "${name}"}`);
  }
  const md5 = createHash('md5')
    .update(`[${list.join(', ')}]`)
    .digest('hex');
  const pipeline = textOf(join(study, 'dvc.yaml'));
  writeFileSync(
    join(study, 'dvc.yaml'),
    `${pipeline}\n  big:\n    cmd: hilum split\n    outs:\n      - \${artifacts}/big\n`,
  );
  const lock = textOf(join(study, 'dvc.lock'));
  const entry = `path: artifacts/big\n      hash: md5\n      md5: ${md5}.dir\n      size: ${many * 20_000}\n      nfiles: ${many}`;
  writeFileSync(join(study, 'dvc.lock'), `${lock}  big:\n    cmd: hilum split\n    outs:\n    - ${entry}\n`);
  return many;
}

async function untilFiles(root: string, count: number): Promise<void> {
  const files = join(root, 'files/md5');
  const objects = (): number =>
    existsSync(files)
      ? readdirSync(files, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 10).length
      : 0;
  const deadline = Date.now() + 60_000;
  while (objects() < count) {
    if (Date.now() > deadline) throw new Error('nothing is transferred');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function treeHash(root: string): string {
  const hash = createHash('md5');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (statSync(join(root, name)).isFile()) hash.update(name).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

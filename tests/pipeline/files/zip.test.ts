import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { sha256 } from '../../../src/pipeline/disk/hash.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { type ArchiveLimits, defaultArchiveLimits, isRefused, openSource } from '../../../src/pipeline/files/index.ts';
import { codeOf, entriesOf, outcomes, snapshot, temporaryFolder } from './helpers/temp.ts';
import { type CraftedEntry, craftZip } from './helpers/zip.ts';

async function goodZip(files: Record<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.addEmptyDirectory('empty');
  zip.end();
  return buffer(zip.outputStream);
}

/** An archive inside a sandbox of its own, with things beside it that must stay as they are. */
async function sandbox(archive: Buffer, limits: Partial<ArchiveLimits> = {}) {
  const root = await temporaryFolder();
  const outside = join(root, 'outside');
  await mkdir(join(outside, 'inner'), { recursive: true });
  await writeFile(join(outside, 'inner', 'kept.txt'), 'kept');
  const path = join(root, 'study.bin');
  await writeFile(path, archive);
  const cacheFolder = join(outside, 'inner', 'cache');
  const open = () => openSource(path, { cacheFolder, limits: { ...defaultArchiveLimits, ...limits } });
  return { root, outside, path, cacheFolder, open };
}

const file = (name: string | Buffer, more: Partial<CraftedEntry> = {}): CraftedEntry => ({ name, ...more });
const zeros = Buffer.alloc(4_000_000);
const text = Buffer.from('slice '.repeat(200));

const refusedWhole: Record<string, { archive: Buffer; limits?: Partial<ArchiveLimits> }> = {
  'a name that climbs out': { archive: craftZip([file('../../evil.txt')]) },
  'a name that climbs out from below': { archive: craftZip([file('a/b/../../../evil.txt')]) },
  'an absolute name': { archive: craftZip([file('/etc/evil.txt')]) },
  'a drive letter': { archive: craftZip([file('C:/evil.txt')]) },
  'a backslash': { archive: craftZip([file('..\\evil.txt')]) },
  'a size that is too small': { archive: craftZip([file('a', { data: text, uncompressedSize: 10 })]) },
  'a size that is too large': { archive: craftZip([file('a', { data: text, uncompressedSize: 5000 })]) },
  'a stored size that differs': { archive: craftZip([file('a', { stored: true, uncompressedSize: 3 })]) },
  'a size of zero over real data': { archive: craftZip([file('a', { data: text, uncompressedSize: 0 })]) },
  'a wrong checksum': { archive: craftZip([file('a', { crc: 1 })]) },
  'a deflate bomb': { archive: craftZip([file('a', { data: zeros })]) },
  'a bomb of many files': {
    archive: craftZip(Array.from({ length: 40 }, (_, i) => file(`${i}`, { data: zeros.subarray(0, 200_000) }))),
    limits: { ratio: 100 },
  },
  'more entries than allowed': { archive: craftZip([file('a'), file('b'), file('c')]), limits: { entries: 2 } },
  'more bytes than allowed': {
    archive: craftZip([file('a', { data: text }), file('b', { data: text })]),
    limits: { totalBytes: text.length + 1 },
  },
  'a file larger than allowed': { archive: craftZip([file('a', { data: text })]), limits: { fileBytes: 100 } },
  'entries that overlap': { archive: craftZip([file('a', { data: text }), file('b', { data: text, offset: 0 })]) },
  'encrypted data': { archive: craftZip([file('a', { flags: 0x801, stored: true, compressedSize: 16 })]) },
  'strong encryption': { archive: craftZip([file('a', { flags: 0x841 })]) },
  'an unknown compression': { archive: craftZip([file('a', { method: 12 })]) },
  'a broken deflate stream': { archive: craftZip([file('a', { packed: Buffer.from([0xff, 0xff, 0xff, 0xff]) })]) },
  'a deflate stream that ends early': {
    archive: craftZip([file('a', { data: text, packed: deflateRawSync(text).subarray(0, 8) })]),
  },
  'an offset past the end': { archive: craftZip([file('a', { offset: 1_000_000 })]) },
  'data past the end': {
    archive: craftZip([file('a', { stored: true, compressedSize: 2 ** 31, uncompressedSize: 2 ** 31 })]),
  },
  'a directory past the end': { archive: craftZip([file('a')], { directoryOffset: 1_000_000 }) },
  'more entries promised than there are': { archive: craftZip([file('a')], { entryCount: 7 }) },
  'several disks': { archive: craftZip([file('a')], { disk: 1 }) },
  'its end cut off': { archive: craftZip([file('a', { data: text })]).subarray(0, 60) },
  'a start and nothing else': { archive: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(5000)]) },
};

describe('a zip as source', () => {
  it('unpacks once under its own names and finds it the next time', async () => {
    const files = {
      'Cyst/a.png': 'one',
      'Cyst/b.png': 'two',
      'Tumor/ü.png': 'three',
      'Cyst.txt': '',
      '.DS_Store': 'x',
    };
    const archive = await goodZip(files);
    const { open, cacheFolder } = await sandbox(archive);
    const first = await entriesOf(await open());
    expect(first.map((entry) => entry.file)).toEqual(['Cyst/a.png', 'Cyst/b.png', 'Cyst.txt', 'Tumor/ü.png']);
    for (const entry of first) {
      if (isRefused(entry)) throw new Error('refused');
      expect(entry.path).toMatch(/\/archives\/[0-9a-f]{64}\/[0-9]{6}\.bin$/);
      expect(entry.path).toContain(sha256(archive));
      expect((await readFile(entry.path, 'utf8')) === Object.entries(files).find(([n]) => n === entry.file)?.[1]).toBe(
        true,
      );
      expect((await stat(entry.path)).mode & 0o111).toBe(0);
    }
    expect(await entriesOf(await open())).toEqual(first);
    expect((await readdir(join(cacheFolder, 'archives'))).length).toBe(1);
  });

  it('unpacks again when something in the cache is missing or has another size', async () => {
    const { open } = await sandbox(await goodZip({ 'a.png': 'one', 'b.png': 'two' }));
    const [a, b] = await entriesOf(await open());
    if (a === undefined || b === undefined || isRefused(a) || isRefused(b)) throw new Error('refused');
    await rm(a.path);
    await truncate(b.path, 1);
    const again = await entriesOf(await open());
    expect(outcomes(again)).toEqual({ 'a.png': 'file', 'b.png': 'file' });
    expect(await readFile(b.path, 'utf8')).toBe('two');
  });

  it('checks a given hash', async () => {
    const archive = await goodZip({ 'a.png': 'one' });
    const { path, cacheFolder } = await sandbox(archive);
    expect(await codeOf(openSource(path, { cacheFolder, sha256: '0'.repeat(64) }))).toBe('source/hash-mismatch');
    expect(await entriesOf(await openSource(path, { cacheFolder, sha256: sha256(archive) }))).toHaveLength(1);
  });

  it('tells progress in entries and stops when cancelled, leaving nothing', async () => {
    const { path, cacheFolder } = await sandbox(await goodZip({ a: '1', b: '2', c: '3' }));
    const controller = new AbortController();
    const seen: [string, number, number][] = [];
    const opened = openSource(path, {
      cacheFolder,
      signal: controller.signal,
      onProgress: (...report) => {
        seen.push(report);
        controller.abort();
      },
    });
    expect(await codeOf(opened)).toBe('cancelled/by-user');
    expect(seen[0]).toEqual(['unpack', 1, 4]);
    expect(await readdir(join(cacheFolder, 'archives'))).toEqual([]);
  });

  for (const [name, { archive, limits }] of Object.entries(refusedWhole)) {
    it(`[B8] refuses ${name}: nothing unpacked, nothing outside touched`, async () => {
      const { open, outside, cacheFolder } = await sandbox(archive, limits);
      const before = await snapshot(outside);
      const error = await open().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(HilumError);
      expect(error).toMatchObject({ code: 'source/bad-archive' });
      expect(JSON.stringify(error instanceof HilumError ? error.facts : {})).not.toContain('evil');
      expect(await readdir(join(cacheFolder, 'archives'))).toEqual([]);
      await rm(cacheFolder, { recursive: true });
      expect(await snapshot(outside)).toEqual(before);
    });
  }

  it('[B8] unpacks regular files only: links, pipes and devices are refused one by one', async () => {
    const archive = craftZip([
      file('good.png'),
      file('link.png', { data: Buffer.from('/etc/passwd'), mode: 0o120777 }),
      file('linked-folder', { data: Buffer.from('..'), mode: 0o120777 }),
      file('linked-folder/inside.png'),
      file('pipe', { mode: 0o010644 }),
      file('disk', { mode: 0o060644 }),
      file('socket', { mode: 0o140644 }),
    ]);
    const { open, outside } = await sandbox(archive);
    expect(outcomes(await entriesOf(await open()))).toEqual({
      'good.png': 'file',
      'link.png': 'image/not-a-file',
      'linked-folder': 'image/not-a-file',
      'linked-folder/inside.png': 'file',
      pipe: 'image/not-a-file',
      disk: 'image/not-a-file',
      socket: 'image/not-a-file',
    });
    expect((await snapshot(outside)).filter((line) => line.includes(' -> '))).toEqual([]);
  });

  it('[B5] never builds a path from a name: reserved, streamed, doubled, endless and polluting names', async () => {
    const names = ['CON.dcm', 'a.dcm:evil', 'dot.', 'x'.repeat(4096), '__proto__', 'constructor/prototype'];
    const archive = craftZip([
      ...names.map((name) => file(name)),
      file('twice.png'),
      file('twice.png', { data: Buffer.from('other') }),
      file('nul\0.png'),
      file('line\n.png'),
    ]);
    const { open, cacheFolder } = await sandbox(archive);
    const entries = await entriesOf(await open());
    expect(entries.length).toBe(10);
    expect(entries.filter(isRefused).map(({ refused }) => refused)).toEqual(Array(3).fill('image/bad-name'));
    expect(entries.filter((entry) => !isRefused(entry)).map((entry) => entry.file)).toEqual(
      expect.arrayContaining([...names, 'twice.png']),
    );
    const [folder] = await readdir(join(cacheFolder, 'archives'));
    const onDisk = await readdir(join(cacheFolder, 'archives', folder ?? ''));
    expect(onDisk.filter((name) => !/^([0-9]{6}\.bin|index\.json)$/.test(name))).toEqual([]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('takes an archive without entries for what it is', async () => {
    const { open } = await sandbox(craftZip([]));
    expect(await entriesOf(await open())).toEqual([]);
  });

  it('[B8] answers 400 damaged archives with files or a named refusal, and touches nothing outside', async () => {
    const whole = craftZip([
      file('a/b.png', { data: text }),
      file('c.png', { stored: true }),
      file('d', { data: zeros.subarray(0, 999) }),
    ]);
    const { open, path, outside, cacheFolder } = await sandbox(whole);
    const before = await snapshot(outside);
    const random = randomFrom('zip', 1);
    const seen = new Set<string>();
    for (let round = 0; round < 400; round++) {
      const damaged = Buffer.from(whole);
      for (let flips = 1 + random.below(4); flips > 0; flips--)
        damaged[random.below(damaged.length)] = random.below(256);
      await writeFile(path, round % 5 === 0 ? damaged.subarray(0, random.below(damaged.length)) : damaged);
      seen.add(await codeOf(open().then(entriesOf)));
    }
    const known = new Set(['no error', 'source/bad-archive', 'source/unknown-kind']);
    expect([...seen].filter((code) => !known.has(code))).toEqual([]);
    await rm(cacheFolder, { recursive: true });
    expect(await snapshot(outside)).toEqual(before);
  });
});

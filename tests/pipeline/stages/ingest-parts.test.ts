import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ManifestRow } from '../../../src/pipeline/domain/dataset.ts';
import { candidatesOf } from '../../../src/pipeline/stages/ingest/candidates.ts';
import { handEdits, withEdits } from '../../../src/pipeline/stages/ingest/edits.ts';
import { readFacts, refusedFacts } from '../../../src/pipeline/stages/ingest/file-facts.ts';
import { recoverRows } from '../../../src/pipeline/stages/ingest/rows.ts';
import { openThumbnailStore } from '../../../src/pipeline/stages/ingest/thumbnail-store.ts';
import { greyPng } from '../../helpers/grey-png.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-ingest-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const row = (image: string, change: Partial<ManifestRow> = {}): ManifestRow => ({
  file: image,
  image,
  sha256: 's',
  pixel_hash: `hash of ${image}`,
  class: 'Cyst',
  scan: 'cyst-s01',
  group: 'cyst-p01',
  domain: 'display',
  plane: 'axial',
  width: 8,
  height: 8,
  ...change,
});

describe('hand edits of the manifest', () => {
  it('are kept over a later ingest while the pixels are the same', () => {
    const generated = [row('a'), row('b'), row('c')];
    const current = [row('a', { class: 'Tumor' }), row('b', { group: 'mine', scan: 'mine' }), row('c')];
    const edits = handEdits(generated, current);
    const later = [row('a', { group: 'cyst-p02' }), row('b'), row('c', { pixel_hash: 'other' }), row('d')];
    expect(withEdits(later, edits)).toEqual([
      row('a', { class: 'Tumor', group: 'cyst-p02' }),
      row('b', { group: 'mine', scan: 'mine' }),
      row('c', { pixel_hash: 'other' }),
      row('d'),
    ]);
  });

  it('of a group hold for the scan: its images that came later follow', () => {
    const edits = handEdits([row('a')], [row('a', { group: 'mine' })]);
    const later = [row('a'), row('new'), row('b', { scan: 'cyst-s02' })];
    expect(withEdits(later, edits)).toEqual([
      row('a', { group: 'mine' }),
      row('new', { group: 'mine' }),
      row('b', { scan: 'cyst-s02' }),
    ]);
  });

  it('do not outlive the pixels they were made for', () => {
    const edits = handEdits([row('a')], [row('a', { class: 'Tumor' })]);
    const later = [row('a', { pixel_hash: 'another picture' })];
    expect(withEdits(later, edits)).toEqual(later);
  });
});

describe('thumbnail store', () => {
  const hash = 'ab'.repeat(32);
  const grey = Uint8Array.from({ length: 48 * 48 }, (_, index) => index % 251);

  it('gives back what was saved, and nothing of a damaged file', async () => {
    const path = join(folder, 'thumbnails.bin');
    const store = await openThumbnailStore(path);
    store.set(hash, grey);
    await store.save();
    expect((await openThumbnailStore(path)).get(hash)).toEqual(Buffer.from(grey));
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    await writeFile(path, bytes);
    expect((await openThumbnailStore(path)).get(hash)).toBeUndefined();
    await writeFile(path, bytes.subarray(0, 100));
    expect((await openThumbnailStore(path)).get(hash)).toBeUndefined();
  });
});

describe('reading a file', () => {
  it('gives facts and thumbnails, or the code of what is wrong with it', async () => {
    await writeFile(join(folder, 'good.png'), await greyPng(16, 12, (x) => x * 10));
    await writeFile(join(folder, 'bad.png'), 'text');
    const good = await readFacts(join(folder, 'good.png'), 'good.png');
    expect(good.facts).toMatchObject({ frames: [{ width: 16, height: 12, domain: 'display' }] });
    expect(good.thumbnails).toHaveLength(1);
    const bad = await readFacts(join(folder, 'bad.png'), 'bad.png');
    expect(bad).toEqual({ facts: { code: 'image/unknown-format', facts: {} }, thumbnails: [] });
    const gone = await readFacts(join(folder, 'gone.png'), 'gone.png');
    expect(gone.facts).toMatchObject({ code: 'image/missing' });
  });
});

describe('candidates and duplicates', () => {
  it('accounts for every file: candidate, duplicate or refusal', async () => {
    const store = await openThumbnailStore(join(folder, 'thumbnails.bin'));
    const seen = [];
    const pictures = { 'Cyst/1.png': 1, 'Cyst/2.png': 2, 'Tumor/1.png': 1, 'loose.png': 3, 'Cyst/bad.png': undefined };
    for (const [file, level] of Object.entries(pictures)) {
      const path = join(folder, file.replace('/', '-'));
      await writeFile(path, level === undefined ? 'text' : await greyPng(16, 16, (x, y) => (x * y * level) % 256));
      const { facts, thumbnails } = await readFacts(path, file);
      for (const each of thumbnails) store.set(each.pixelHash, each.grey);
      seen.push({ file, facts });
    }
    seen.push({ file: 'link', facts: refusedFacts({ code: 'image/not-a-file', facts: { what: 'symbolic link' } }) });
    const { candidates, refusals } = candidatesOf(seen, undefined, undefined);
    const thresholds = { same_scan: 0.93, stray: 0.5, near_duplicate: 0.995 };
    const { rows, duplicates } = recoverRows(candidates, store, thresholds, undefined);
    expect(rows.map((each) => each.file)).toEqual(['Cyst/1.png', 'Cyst/2.png']);
    expect(duplicates).toEqual([{ file: 'Tumor/1.png', duplicate_of: 'Cyst/1.png', class: 'Tumor' }]);
    expect(refusals.map(({ file, code }) => [file, code])).toEqual([
      ['loose.png', 'image/no-class'],
      ['Cyst/bad.png', 'image/unknown-format'],
      ['link', 'image/not-a-file'],
    ]);
    expect(rows.length + duplicates.length + refusals.length).toBe(seen.length);
  });
});

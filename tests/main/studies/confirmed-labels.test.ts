import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addLabelReview, confirmedKey, confirmedLabels } from '../../../src/main/studies/confirmed-labels.ts';
import { addLabelVersion, labelVersionOf } from '../../../src/main/studies/label-versions.ts';

let state = '';
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'hilum-labels-'));
});
afterEach(() => rm(state, { recursive: true, force: true }));

const said = { at: '2026-11-23T10:00:00.000Z', reader: 'Dr. Reader' };

it('labels that were kept are remembered by pixels and class, the last word counts', async () => {
  expect(await confirmedLabels(state)).toEqual(new Set());
  await addLabelReview(state, { ...said, pixelHash: 'a', class: 'Cyst', kept: true });
  await addLabelReview(state, { ...said, pixelHash: 'b', class: 'Cyst', kept: true });
  await addLabelReview(state, { ...said, pixelHash: 'a', class: 'Cyst', kept: false });
  expect(await confirmedLabels(state)).toEqual(new Set([confirmedKey('b', 'Cyst')]));
});

it('a line that a crash cut short costs nothing but itself', async () => {
  await writeFile(join(state, 'confirmed-labels.jsonl'), '');
  await addLabelReview(state, { ...said, pixelHash: 'a', class: 'Cyst', kept: true });
  await appendFile(join(state, 'confirmed-labels.jsonl'), '{"at":"2026');
  await addLabelReview(state, { ...said, pixelHash: 'b', class: 'Stone', kept: true });
  expect(await confirmedLabels(state)).toEqual(new Set([confirmedKey('a', 'Cyst'), confirmedKey('b', 'Stone')]));
});

it('a manifest is known by its label version: 0 before any edit, null where no edit tells', async () => {
  expect(await labelVersionOf(state, 'h0')).toBeNull();
  const edit = { ...said, kind: 'relabel' as const, images: 1 };
  await addLabelVersion(state, { ...edit, before: 'h0', after: 'h1' });
  await addLabelVersion(state, { ...edit, before: 'h1', after: 'h2' });
  const versions = await Promise.all(['h0', 'h1', 'h2', 'other'].map((hash) => labelVersionOf(state, hash)));
  expect(versions).toEqual([0, 1, 2, null]);
});

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildHilum } from '../helpers/hilum.ts';
import { jsonOf, makeStudy, newFolder } from '../system/phantom-study.ts';

let folder: string;
let study: string;
const path = (name: string): string => join(study, name);

/** A workspace as version 0.3 made it: no DVC folder, no code versions, outputs as plain paths. */
beforeAll(async () => {
  buildHilum();
  folder = newFolder('old-workspace');
  study = await makeStudy(folder, { slices: 2 });
  for (const name of ['.dvc', '.dvcignore', 'code.yaml']) rmSync(path(name), { recursive: true });
  const pipeline = await readFile(path('dvc.yaml'), 'utf8');
  const older = pipeline
    .replace(/ {6}- code\.yaml:\n {10}- stages\.\w+\n/g, '')
    .replace(/:\n {10}persist: true/g, '')
    .replace(/ {10}persist: true\n/g, '');
  writeFileSync(path('dvc.yaml'), older);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const statusSchema = z.object({ stages: z.array(z.object({ name: z.string(), change: z.unknown() })) });

describe('a workspace of an earlier version', () => {
  it('becomes a DVC project at its next stage, and its dvc.yaml goes on as it is', async () => {
    await jsonOf(study, 'ingest');
    expect(readFileSync(path('.dvc/config'), 'utf8')).toBe('[core]\n    no_scm = True\n');
    expect(readFileSync(path('.dvcignore'), 'utf8')).toContain('/.hilum');
    expect(existsSync(path('code.yaml'))).toBe(false);
    expect(readdirSync(path('.dvc/cache/files/md5')).length).toBeGreaterThan(3);
    const { stages } = statusSchema.parse(await jsonOf(study, 'status'));
    expect(stages[0]).toEqual({ name: 'ingest', change: null });
  });

  it('what it has noted of its dataset still counts: absolute source, counts with their fingerprint', async () => {
    const images = join(folder, 'images');
    writeFileSync(path('artifacts/dataset/source.json'), JSON.stringify({ source: images }));
    const summary = JSON.parse(await readFile(path('artifacts/dataset/summary.json'), 'utf8'));
    const older = { ...summary, changed: summary.found, fingerprint: '0' };
    writeFileSync(path('artifacts/dataset/summary.json'), JSON.stringify(older));
    await jsonOf(study, 'split');
    expect(await jsonOf(study, 'ingest')).toMatchObject({ found: summary.found, changed: 0 });
    expect(JSON.parse(await readFile(path('artifacts/dataset/source.json'), 'utf8'))).toEqual({ source: '../images' });
  });
});

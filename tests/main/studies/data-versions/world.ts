import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStudy, type Study } from '../../../../src/main/studies/study.ts';
import { initWorkspace } from '../../../../src/main/workspace/init.ts';
import { csvTable } from '../../../../src/pipeline/disk/csv.ts';
import { sha256 } from '../../../../src/pipeline/disk/hash.ts';
import { manifestColumns } from '../../../../src/pipeline/domain/dataset.ts';
import { temporaryFolder } from '../../../helpers/records.ts';

export const edit = { reader: 'Dr. Reader', at: '2026-01-01T00:00:00.000Z' };
export const never = new AbortController().signal;

/** A study whose dataset is written by hand, with real files of any bytes as its source. */
export async function handmadeStudy(files: Readonly<Record<string, string>>): Promise<Study & { source: string }> {
  const root = temporaryFolder();
  const source = join(root, 'images');
  await initWorkspace(root, { source });
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(source, file)), { recursive: true });
    writeFileSync(join(source, file), bytes);
  }
  writeDataset(root, files);
  let ids = 0;
  const study = await openStudy(root, { now: () => edit.at, newId: () => `id-${++ids}` });
  onTestFinished(() => study.close());
  return { ...study, source };
}

/** Class: the first folder. Scan and group: the file. */
export function writeDataset(root: string, files: Readonly<Record<string, string>>): void {
  const rows = Object.entries(files).map(([file, bytes]) => {
    const hash = sha256(bytes);
    return [file, file, hash, hash, file.split('/')[0], `s-${file}`, `g-${file}`, 'display', 'axial', 8, 8];
  });
  const folder = join(root, 'artifacts/dataset');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.csv'), csvTable([...manifestColumns], rows));
  writeFileSync(join(folder, 'source.json'), JSON.stringify({ source: join(root, 'images') }));
  writeFileSync(join(root, '.hilum/generated-manifest.csv'), csvTable([...manifestColumns], rows));
}

export function git(root: string, ...words: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const person = ['-c', 'user.name=Reader', '-c', 'user.email=reader@localhost', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', root, ...person, ...words], { encoding: 'utf8', env });
}

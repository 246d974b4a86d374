import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hilum } from './processes.ts';

/** A workspace in a temporary folder, ingested, split and prepared. @param params text of params.yaml */
export function preparedStudy(source: string, params: string): string {
  const workspace = mkdtempSync(join(tmpdir(), 'hilum-bench-'));
  const folder = join(workspace, 'study');
  hilum('init', folder, '--source', source);
  writeFileSync(join(folder, 'params.yaml'), params);
  for (const stage of ['ingest', 'split', 'prepare']) hilum(stage, '-w', folder);
  return folder;
}

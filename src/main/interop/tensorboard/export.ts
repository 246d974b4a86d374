import { join } from 'node:path';
import { writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import type { RunRecord } from '../../studies/run-record.ts';
import { writeZip } from '../zip-writer.ts';
import { runEvents } from './run-events.ts';

/** Writes a folder a run below `folder`, which `tensorboard --logdir` opens. @returns names of the runs' folders @throws HilumError `disk/…` */
export async function writeTensorboard(folder: string, records: readonly RunRecord[]): Promise<string[]> {
  for (const { path, content } of filesOf(records)) await writeFileAtomic(join(folder, path), content);
  return records.map(folderOf);
}

/** The same as one zip. */
export async function writeTensorboardZip(path: string, records: readonly RunRecord[], now: string): Promise<void> {
  const entries = filesOf(records).map((file) => ({ path: file.path, from: file.content }));
  await writeZip(path, entries, now);
}

function filesOf(records: readonly RunRecord[]) {
  return records.flatMap((record) =>
    runEvents(record).map(({ path, content }) => ({ path: `${folderOf(record)}/${path}`, content })),
  );
}

/** The run's name without what some file system refuses, and its id: two runs may have one name. */
function folderOf({ run: { id, name } }: RunRecord): string {
  const plain = name
    .replace(/[\p{C}<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
  return plain === '' ? id : `${plain}-${id}`;
}

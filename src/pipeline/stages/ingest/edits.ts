import { readFile } from 'node:fs/promises';
import type { ManifestRow } from '../../domain/dataset.ts';

/** What a person may change in manifest.csv by hand. */
type Editable = Pick<ManifestRow, 'class' | 'scan' | 'group'>;

const editableKeys = ['class', 'scan', 'group'] as const;

/**
 * The hand edits of a manifest: for each image the columns in which it differs from the manifest that ingest wrote.
 * Kept over a later ingest, as long as the image's pixels are the same.
 */
export function handEdits(
  generated: readonly ManifestRow[],
  current: readonly ManifestRow[],
): Map<string, Partial<Editable>> {
  const written = new Map(generated.map((row) => [row.image, row]));
  const edits = new Map<string, Partial<Editable>>();
  for (const row of current) {
    const before = written.get(row.image);
    if (before === undefined || before.pixel_hash !== row.pixel_hash) continue;
    const changed = editableKeys.filter((key) => before[key] !== row[key]);
    if (changed.length > 0) edits.set(editKey(row), Object.fromEntries(changed.map((key) => [key, row[key]])));
  }
  return edits;
}

/** New images of a scan whose group was edited follow it: a scan never stands in two groups. */
export function withEdits(rows: readonly ManifestRow[], edits: ReadonlyMap<string, Partial<Editable>>): ManifestRow[] {
  const edited = rows.map((row) => ({ row: { ...row, ...edits.get(editKey(row)) }, edit: edits.get(editKey(row)) }));
  const groupOfScan = new Map(
    edited.flatMap(({ row, edit }) => (edit?.group === undefined ? [] : [[row.scan, edit.group] as const])),
  );
  return edited.map(({ row, edit }) =>
    edit?.group === undefined ? { ...row, group: groupOfScan.get(row.scan) ?? row.group } : row,
  );
}

function editKey(row: ManifestRow): string {
  return `${row.image}\u0000${row.pixel_hash}`;
}

/** Text of a file, or undefined when it is not there. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

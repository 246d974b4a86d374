import { lstat, readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, normalize } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../disk/csv.ts';
import { HilumError } from '../../domain/errors.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { readStable } from '../../files/index.ts';
import { hasColour, openImage } from '../../images/index.ts';

const largestTable = 256 * 2 ** 20;
const column = 'p_';
const rowSchema = z.record(z.string(), z.string());

/** What the network said where it was trained. */
export interface Reference {
  /** In the order of the table's columns. */
  readonly classes: readonly string[];
  readonly rows: readonly ReferenceRow[];
  /** Rows of the table whose picture is not there. */
  readonly missing: number;
}

export interface ReferenceRow {
  readonly path: string;
  /** In the order of `classes`. */
  readonly probabilities: readonly number[];
  /** True class, where the table has one. */
  readonly truth: string | undefined;
}

/**
 * A table `file,p_<class>…[,class or true_class]`; files are named below the folder of pictures.
 * @throws HilumError `table/…`, `contract/no-pictures`
 */
export async function readReference(images: string, table: string): Promise<Reference> {
  const name = basename(table);
  const { size } = await lstat(table);
  if (size > largestTable)
    throw new HilumError('network/too-large', { actual: size, limit: largestTable, unit: 'bytes' });
  const written = parseCsv(await readFile(table, 'utf8'), name, ['file'], rowSchema);
  const classes = Object.keys(written[0] ?? {}).flatMap((key) =>
    key.startsWith(column) ? [key.slice(column.length)] : [],
  );
  if (classes.length < 2) throw new HilumError('table/bad-header', { file: name, line: 1, key: `${column}<class>` });
  const rows: ReferenceRow[] = [];
  for (const [index, row] of written.entries()) {
    const path = insideOf(images, row.file ?? '');
    const isThere =
      path !== undefined &&
      (await lstat(path).then(
        (found) => found.isFile(),
        () => false,
      ));
    if (!isThere) continue;
    rows.push({
      path,
      truth: row.true_class ?? row.class,
      probabilities: classes.map((each) => shareOf(row[`${column}${each}`], name, index)),
    });
  }
  if (rows.length === 0) throw new HilumError('contract/no-pictures', { rows: written.length });
  return { classes, rows, missing: written.length - rows.length };
}

/** @throws HilumError `image/…` */
export async function readPicture(path: string): Promise<DecodedImage> {
  const { bytes } = await readStable(path);
  const opened = await openImage(bytes, { name: basename(path) });
  return opened.decode(0);
}

/** @throws HilumError `contract/coloured` when pictures of the sample have colours, which are gone here */
export async function requireGrey(rows: readonly ReferenceRow[]): Promise<void> {
  let count = 0;
  for (const { path } of rows) {
    if (!/\.(png|jpe?g|tiff?)$/i.test(path)) continue;
    if (await hasColour((await readStable(path)).bytes)) count++;
  }
  if (count > 0) throw new HilumError('contract/coloured', { count, of: rows.length });
}

/** A path below the folder; undefined when the table points elsewhere. */
function insideOf(folder: string, file: string): string | undefined {
  const inner = normalize(file.replaceAll('\\', '/'));
  return inner === '.' || inner.startsWith('..') || isAbsolute(inner) || inner.includes('\0')
    ? undefined
    : join(folder, inner);
}

function shareOf(text: string | undefined, file: string, index: number): number {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new HilumError('table/bad-row', { file, line: index + 2, what: `"${text ?? ''}" is no probability` });
}

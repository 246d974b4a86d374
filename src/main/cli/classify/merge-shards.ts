import { csvLines, firstCell } from '../../../pipeline/disk/csv-lines.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { isInShard } from '../../batches/shard.ts';
import { byListOrder } from '../../workspace/list-files.ts';

/** A shard's CSV: where it is, and what it is called in error sentences. */
export interface ShardFile {
  readonly path: string;
  readonly name: string;
}

interface Head {
  readonly file: string;
  readonly line: string;
}

/** A table being read, its next row in hand. */
interface Reader {
  readonly name: string;
  readonly lines: AsyncIterator<string>;
  head: Head | undefined;
  lineNumber: number;
  /** Part of the folder that its first file belongs to; all others must too. */
  part: number | undefined;
}

/**
 * The lines of all shards of a folder in the order of an unsharded batch, header first. Reads all tables side by side, a
 * row of each at a time.
 * @throws HilumError `table/bad-row` when columns differ, rows are out of order, a file stands twice, or the tables are
 * not the n parts of one folder
 */
export async function* mergedLines(shards: readonly ShardFile[]): AsyncGenerator<string, undefined> {
  const readers: Reader[] = [];
  let header: string | undefined;
  for (const { path, name } of shards) {
    const lines = csvLines(path);
    const first = await lines.next();
    const columns = first.done === true ? '' : first.value;
    if (firstCell(columns) !== 'file') throw refusal(name, 1, 'the first column is not "file"');
    header ??= columns;
    if (columns !== header)
      throw refusal(name, 1, 'the columns are not those of the first table: was another model used?');
    readers.push({ name, lines, head: undefined, lineNumber: 1, part: undefined });
  }
  if (header === undefined) return;
  yield header;
  for (const reader of readers) await advance(reader, readers);
  for (let next = frontOf(readers); next?.head !== undefined; next = frontOf(readers)) {
    yield next.head.line;
    await advance(next, readers);
  }
}

/** The reader whose file comes first. @throws HilumError `table/bad-row` when two tables are at the same file */
function frontOf(readers: readonly Reader[]): Reader | undefined {
  let front: Reader | undefined;
  for (const reader of readers) {
    if (reader.head === undefined) continue;
    const order = front?.head === undefined ? -1 : byListOrder(reader.head.file, front.head.file);
    if (order === 0) throw refusal(reader.name, reader.lineNumber, 'this file stands in another table too');
    if (order < 0) front = reader;
  }
  return front;
}

async function advance(reader: Reader, readers: readonly Reader[]): Promise<void> {
  const next = await reader.lines.next();
  const before = reader.head;
  if (next.done === true) {
    reader.head = undefined;
    return;
  }
  reader.lineNumber++;
  const head = { file: firstCell(next.value), line: next.value };
  if (before !== undefined && byListOrder(before.file, head.file) > 0) {
    throw refusal(reader.name, reader.lineNumber, 'the rows are not in the order that `classify` writes');
  }
  reader.head = head;
  if (before?.file !== head.file) requirePart(reader, head.file, readers);
}

/** Which part a file belongs to follows from its name and the number of parts: a part that was left out shows. */
function requirePart(reader: Reader, file: string, readers: readonly Reader[]): void {
  const count = readers.length;
  reader.part ??= readers.findIndex((_each, index) => isInShard({ index: index + 1, count }, file));
  const isTaken = readers.some((other) => other !== reader && other.part === reader.part);
  if (isTaken || !isInShard({ index: reader.part + 1, count }, file)) {
    throw refusal(
      reader.name,
      reader.lineNumber,
      `the tables are not the ${count} parts of one folder: is one missing or twice`,
    );
  }
}

function refusal(file: string, line: number, what: string): HilumError {
  return new HilumError('table/bad-row', { file, line, what });
}

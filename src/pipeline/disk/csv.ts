import Papa from 'papaparse';
import type { z } from 'zod';
import { HilumError } from '../domain/errors.ts';
import { nearestName } from '../domain/names.ts';

export type Cell = string | number | boolean | null | undefined;

/**
 * One CSV line (RFC 4180, LF). Text that a spreadsheet would run as a formula gets a leading `'`
 * (OWASP CSV injection list); numbers are written as numbers.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

export function csvTable(columns: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [csvLine(columns)];
  for (const row of rows) lines.push(csvLine(row));
  return lines.join('');
}

/**
 * Rows of a CSV text, each checked by the schema; further columns are kept out of the result.
 * @param name file name for error sentences
 * @throws HilumError `table/bad-header` (first missing column), `table/bad-row` (line and what is wrong)
 */
export function parseCsv<T>(text: string, name: string, required: readonly string[], schema: z.ZodType<T>): T[] {
  const parsed = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    delimiter: ',',
  });
  const header = parsed.meta.fields ?? [];
  for (const column of required) {
    if (!header.includes(column)) {
      throw new HilumError('table/bad-header', {
        file: name,
        line: 1,
        key: column,
        nearest: nearestName(column, header),
      });
    }
  }
  const broken = parsed.errors.find((error) => error.code !== 'UndetectableDelimiter');
  if (broken !== undefined) {
    throw new HilumError('table/bad-row', { file: name, line: (broken.row ?? 0) + 2, what: broken.message });
  }
  return parsed.data.map((raw, index) => {
    const row = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, unguard(value)]));
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const what = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
    throw new HilumError('table/bad-row', { file: name, line: index + 2, what });
  });
}

const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  const guarded = formulaStart.test(cell) || /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The text of a cell that `csvLine` guarded. */
export function unguard(cell: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

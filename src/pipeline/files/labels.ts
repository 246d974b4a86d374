import { z } from 'zod';
import { parseCsv } from '../disk/csv.ts';
import { HilumError } from '../domain/errors.ts';

/** What a label table says of one file; it outranks folder names, keys and everything recovered. */
export interface Label {
  readonly class: string;
  readonly scan?: string | undefined;
  readonly group?: string | undefined;
}

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const labelSchema = z.object({
  file: z.string().min(1, 'is empty'),
  class: z.string().trim().min(1, 'is empty'),
  scan: optionalText,
  group: optionalText,
});

/**
 * Reads a label table `file,class[,scan][,group]`; files are written as below the source, `/` between folders.
 * @param name of the table in error sentences
 * @throws HilumError `table/bad-header`, `table/bad-row` (line and what is wrong; also a file named twice, or a scan in two groups)
 */
export function readLabels(csvText: string, name = 'labels.csv'): Map<string, Label> {
  const labels = new Map<string, Label>();
  const groupOfScan = new Map<string, string | undefined>();
  const rows = parseCsv(csvText, name, ['file', 'class'], labelSchema);
  for (const [index, { file, ...label }] of rows.entries()) {
    const bad = (what: string) => new HilumError('table/bad-row', { file: name, line: index + 2, what });
    if (labels.has(file)) throw bad('file: this file was named before');
    if (label.scan !== undefined) {
      if (groupOfScan.has(label.scan) && groupOfScan.get(label.scan) !== label.group) {
        throw bad('group: further up this scan has another group');
      }
      groupOfScan.set(label.scan, label.group);
    }
    labels.set(file, label);
  }
  return labels;
}

import type { ColumnKind, TableCell, TableColumn } from './column.ts';
import type { TableRow } from './row.ts';

/** What has a column of its own already. */
const elsewhere = new Set(['params.seed']);

/** A column for each parameter that some run has; its kind is the one that fits all its values. */
export function paramsColumns(rows: Iterable<TableRow>): TableColumn[] {
  const kinds = new Map<string, ColumnKind | null>();
  for (const params of new Set(Array.from(rows, (row) => row.params))) {
    for (const [key, value] of params) {
      const kind = kindOf(value);
      const known = kinds.get(key) ?? null;
      kinds.set(key, known === null || known === kind || kind === null ? (kind ?? known) : 'text');
    }
  }
  return [...kinds]
    .filter(([key]) => !elsewhere.has(key))
    .flatMap(([key, kind]) => (kind === null ? [] : [paramsColumn(key, kind)]));
}

function paramsColumn(key: string, kind: ColumnKind): TableColumn {
  const title = key
    .replace(/^params\./, '')
    .replaceAll('.', ': ')
    .replaceAll('_', ' ');
  const cell = kind === 'text' ? asText : asIs;
  return { key, title, kind, better: null, cell: (row) => cell(row.params.get(key)) };
}

function kindOf(value: unknown): ColumnKind | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'flag' : 'text';
}

function asIs(value: unknown): TableCell {
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function asText(value: unknown): TableCell {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

import type { Column } from '../../../../main/ipc/contract.ts';

/** What the table shows before anybody chose. */
export const proposedColumns: readonly string[] = [
  'name',
  'outcome',
  'started',
  'scan/balanced_accuracy',
  'slice/balanced_accuracy',
  'scan/auc',
  'best validation_loss',
  'params.head.dropout',
  'tags',
];

/** As many as one question may ask for. */
export const mostColumns = 60;

/** Keys chosen, those proposed where nothing was; what no run has is left out. The name is always there: it leads to the run. */
export function shownColumns(chosen: readonly string[], offered: readonly Column[]): Column[] {
  const keys = chosen.length === 0 ? proposedColumns : chosen;
  const known = new Map(offered.map((column) => [column.key, column]));
  return [...new Set(['name', ...keys])].slice(0, mostColumns).flatMap((key) => known.get(key) ?? []);
}

/** The choice with a column put in at the end, or taken out. */
export function toggled(keys: readonly string[], key: string): string[] {
  return keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key];
}

/** The choice with a column moved by so many places; the ends hold. */
export function moved(keys: readonly string[], key: string, by: number): string[] {
  const from = keys.indexOf(key);
  if (from < 0) return [...keys];
  const rest = keys.filter((each) => each !== key);
  return rest.toSpliced(Math.max(0, from + by), 0, key);
}

export interface ColumnGroup {
  readonly title: string;
  readonly columns: readonly Column[];
}

const groupTitles = [
  'About the run',
  'Figures by scan',
  'Figures by slice',
  'Figures of one class',
  'Curves',
  'Parameters',
] as const;
type GroupTitle = (typeof groupTitles)[number];

/** Columns whose key or title holds every written word, under the headings of their kinds. */
export function columnGroups(columns: readonly Column[], text: string): ColumnGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = columns.filter(({ key, title }) => {
    const whole = `${key} ${title}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  return groupTitles
    .map((title) => ({ title, columns: fitting.filter(({ key }) => groupOf(key) === title) }))
    .filter((group) => group.columns.length > 0);
}

function groupOf(key: string): GroupTitle {
  if (key.startsWith('params.')) return 'Parameters';
  if (isCurve(key)) return 'Curves';
  const level = levelOf(key);
  if (level === null) return 'About the run';
  if (key.split('/').length > 2) return 'Figures of one class';
  return level === 'scan' ? 'Figures by scan' : 'Figures by slice';
}

/** Whether a column is a figure of the epochs: `best validation_loss`. */
export function isCurve(key: string): boolean {
  return /^(best|last|min|max) /.test(key);
}

/** Whether a column is a figure of an evaluation, and of what. */
export function levelOf(key: string): 'scan' | 'slice' | null {
  if (key.startsWith('scan/')) return 'scan';
  return key.startsWith('slice/') ? 'slice' : null;
}

import { formatParameter } from '../../../format/numbers.ts';

/** A line of a tree of names and values. */
export interface TreeRow {
  /** Names from the root, joined by dots. */
  readonly path: string;
  readonly name: string;
  /** 0 at the root. */
  readonly depth: number;
  /** null: a branch. */
  readonly value: string | null;
  /** Values below a branch. */
  readonly leaves: number;
}

/** Lines in sight: what lies below a closed branch is left out. Lists stay in one line, as they are written. */
export function treeRows(tree: Readonly<Record<string, unknown>>, closed: ReadonlySet<string>): TreeRow[] {
  return rowsOf(tree, '', 0, closed);
}

function rowsOf(branch: Readonly<Record<string, unknown>>, prefix: string, depth: number, closed: ReadonlySet<string>) {
  return Object.entries(branch).flatMap(([name, value]): TreeRow[] => {
    const path = `${prefix}${name}`;
    if (!isBranch(value)) return [{ path, name, depth, value: textOf(value), leaves: 0 }];
    const row = { path, name, depth, value: null, leaves: leavesOf(value) };
    return closed.has(path) ? [row] : [row, ...rowsOf(value, `${path}.`, depth + 1, closed)];
  });
}

function leavesOf(branch: Readonly<Record<string, unknown>>): number {
  return Object.values(branch).reduce<number>((sum, value) => sum + (isBranch(value) ? leavesOf(value) : 1), 0);
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** `[{ center: 40, width: 400 }]` → `center 40, width 400`. */
function textOf(value: unknown): string {
  if (!Array.isArray(value)) return formatParameter(value);
  return value.map(entryText).join(value.some(isBranch) ? '; ' : ', ');
}

function entryText(value: unknown): string {
  if (!isBranch(value)) return formatParameter(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${formatParameter(each)}`)
    .join(', ');
}

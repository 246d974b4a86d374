import type { ReactNode } from 'react';

export interface TableColumn<T> {
  readonly key: string;
  readonly title: string;
  /** Pixels, or a share of what is left. */
  readonly width: number | `${number}fr`;
  /** Pixels, for shares. */
  readonly minWidth?: number;
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** Direction of the first press. Default ascending. */
  readonly sortFirst?: 'ascending' | 'descending';
  readonly headerHelp?: string;
  cell(row: T, index: number): ReactNode;
}

export interface TableSort {
  readonly by: string;
  readonly descending: boolean;
}

export const checkWidthPx = 32;
const leastSharePx = 80;

/** Value of `grid-template-columns`, and the width in pixels below which the table scrolls sideways. */
export function templateOf(columns: readonly Pick<TableColumn<never>, 'width' | 'minWidth'>[], withChecks: boolean) {
  const tracks = withChecks ? [`${checkWidthPx}px`] : [];
  let leastPx = withChecks ? checkWidthPx : 0;
  for (const { width, minWidth = leastSharePx } of columns) {
    tracks.push(typeof width === 'number' ? `${width}px` : `minmax(${minWidth}px, ${width})`);
    leastPx += typeof width === 'number' ? width : minWidth;
  }
  return { template: tracks.join(' '), leastPx };
}

/** How the table is sorted after the heading of a column was pressed. */
export function nextSort(column: Pick<TableColumn<never>, 'key' | 'sortFirst'>, now: TableSort | undefined): TableSort {
  if (now?.by === column.key) return { by: column.key, descending: !now.descending };
  return { by: column.key, descending: column.sortFirst === 'descending' };
}

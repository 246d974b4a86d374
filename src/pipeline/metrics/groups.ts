import { byText } from './order.ts';

/** Patient groups of cases as indices. */
export interface Groups {
  /** Sorted. */
  readonly names: readonly string[];
  /** Index into `names` of each item. */
  readonly groupOf: Int32Array;
}

/** The order of the names, and with it the draws of a bootstrap, does not depend on the order of the items. */
export function groupsOf(items: readonly { readonly group: string }[]): Groups {
  const names = [...new Set(items.map((item) => item.group))].sort(byText);
  const index = new Map(names.map((name, i) => [name, i]));
  return { names, groupOf: Int32Array.from(items, (item) => index.get(item.group) ?? 0) };
}

/** A row as far as choosing the next one needs it; undefined: not loaded yet. */
export type MaybeSettled = { readonly state: string } | undefined;

/** The next row after `from` that nobody has settled, else the one before; where there is none, the row stays. */
export function nextOpen(from: number, count: number, rowAt: (index: number) => MaybeSettled): number {
  for (let index = from + 1; index < count; index++) {
    const row = rowAt(index);
    // What is not loaded yet may be open: it is shown, and then one sees.
    if (row === undefined || row.state === 'open') return index;
  }
  for (let index = Math.min(from, count) - 1; index >= 0; index--) if (rowAt(index)?.state === 'open') return index;
  return Math.max(0, Math.min(from, count - 1));
}

interface Place {
  /** null: none yet. */
  readonly index: number | null;
  readonly count: number;
  /** Rows in sight. */
  readonly page: number;
}

type Step = (place: { readonly index: number; readonly count: number; readonly page: number }) => number;

const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['ArrowDown', ({ index }) => index + 1],
  ['ArrowUp', ({ index }) => index - 1],
  ['PageDown', ({ index, page }) => index + Math.max(1, page - 1)],
  ['PageUp', ({ index, page }) => index - Math.max(1, page - 1)],
  ['Home', () => 0],
  ['End', ({ count }) => count - 1],
]);

/** Row that a key leads to; undefined when it is no key of movement or there are no rows. */
export function movedTo(key: string, { index, count, page }: Place): number | undefined {
  const step = steps.get(key);
  if (step === undefined || count === 0) return undefined;
  // From nowhere, a step down leads to the first row and a step up to the last.
  const from = index ?? (key === 'ArrowUp' || key === 'PageUp' ? count : -1);
  return Math.min(count - 1, Math.max(0, step({ index: from, count, page })));
}

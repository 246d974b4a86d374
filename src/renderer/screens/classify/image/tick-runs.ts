/** Neighbours with the same answer, drawn as one stretch. */
export interface TickRun {
  /** null: refused. */
  readonly class: string | null;
  readonly first: number;
  readonly count: number;
}

export function tickRuns(images: readonly { readonly class: string | null }[]): TickRun[] {
  const runs: TickRun[] = [];
  for (const [index, { class: answer }] of images.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.class === answer) runs[runs.length - 1] = { ...last, count: last.count + 1 };
    else runs.push({ class: answer, first: index, count: 1 });
  }
  return runs;
}

/** Image of the scan at a height of the strip, 0 at its top and 1 at its bottom. */
export function imageAtHeight(height: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(height * count)));
}

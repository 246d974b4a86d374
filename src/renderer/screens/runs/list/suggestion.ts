import type { Output } from '../../../../main/ipc/contract.ts';

export type Completion = Output<'runs/complete'>;

/** The filter after a suggestion was taken, with the caret behind it and room for the next word. */
export function withSuggestion(filter: string, { from, to }: Completion, taken: string) {
  const rest = filter.slice(to);
  const gap = /^\s/.test(rest) ? '' : ' ';
  // The caret goes past a gap that was there already.
  return { filter: `${filter.slice(0, from)}${taken}${gap}${rest}`, caret: from + taken.length + 1 };
}

/** Suggestion that is marked by itself: the first one, where a word was begun that none of them ends. */
export function firstMarked(filter: string, caret: number, { from, suggestions }: Completion): number | null {
  const begun = filter.slice(from, caret);
  if (begun.trim() === '' || suggestions.length === 0) return null;
  return suggestions.some(({ text }) => text === begun) ? null : 0;
}

/** Index of the marked suggestion after a step; past the ends it begins again at the other one. */
export function markedAfter(marked: number | null, step: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (marked === null) return step === 1 ? 0 : count - 1;
  return (marked + step + count) % count;
}

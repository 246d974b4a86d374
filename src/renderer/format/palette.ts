const shades = 8;
const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [10, 4, 2, 4]];

/** Colour of a class as a CSS value; always shown beside the class's name. */
export function classColor(index: number): string {
  return `var(--class-${((index % shades) + shades) % shades})`;
}

export interface SeriesStyle {
  /** Name of the token. */
  readonly color: string;
  /** Lengths of line and gap in pixels; empty: solid. */
  readonly dash: readonly number[];
}

/** Neighbours differ in colour and in dash; 32 pairs before one comes again. */
export function seriesStyle(index: number): SeriesStyle {
  const turn = Math.floor(index / shades);
  return { color: `--series-${index % shades}`, dash: dashes[(index + turn) % dashes.length] ?? [] };
}

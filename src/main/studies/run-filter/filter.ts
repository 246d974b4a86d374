/** Longer ones first: the text is cut at the first that fits. */
export const operators = ['!=', '!~', '<=', '>=', '==', '=', '<', '>', '~'] as const;
export type Operator = Exclude<(typeof operators)[number], '=='>;

interface Named {
  readonly key: string;
  /** Places in the text, from 0. */
  readonly at: number;
  readonly end: number;
}

/** A filter as it was written. */
export type Filter =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly is: 'not'; readonly part: Filter }
  /** A flag that is set: `leaky`. */
  | ({ readonly is: 'flag' } & Named)
  /** There is a value: `has notes`. */
  | ({ readonly is: 'has' } & Named)
  | ({
      readonly is: 'compare';
      readonly operator: Operator;
      readonly value: string;
      readonly valueAt: number;
    } & Named);

export const reservedWords = ['and', 'or', 'not', 'has'] as const;
export type ReservedWord = (typeof reservedWords)[number];

export function reservedOf(text: string): ReservedWord | undefined {
  return reservedWords.find((word) => word === text.toLowerCase());
}

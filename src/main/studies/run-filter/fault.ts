import type { Operator } from './filter.ts';

/** What may stand at a place of a filter. */
export type Wanted =
  | { readonly what: 'condition' }
  | { readonly what: 'key' }
  | { readonly what: 'operator'; readonly key: string }
  | { readonly what: 'value'; readonly key: string; readonly operator: Operator }
  | { readonly what: 'connective'; readonly closing: boolean }
  | { readonly what: 'nothing' };

/** Where a filter cannot be understood. `expected` goes on after "Expected …". */
export interface FilterFault {
  /** Place in the text, from 0. */
  readonly at: number;
  readonly expected: string;
}

/** Ends the parsing; never leaves this folder. */
export class FilterStop extends Error {
  readonly at: number;
  readonly expected: string;
  readonly wanted: Wanted;

  constructor(at: number, expected: string, wanted: Wanted = { what: 'nothing' }) {
    super(expected);
    this.at = at;
    this.expected = expected;
    this.wanted = wanted;
  }
}

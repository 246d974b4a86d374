import type { ErrorKind, Facts } from '../error-kinds.ts';

export interface Entry {
  readonly kind: ErrorKind;
  /** One sentence for CLI and screen: what was expected, what was found, what to do. */
  readonly sentence: (facts: Facts) => string;
}

export const entry = (kind: ErrorKind, sentence: (facts: Facts) => string): Entry => ({ kind, sentence });

/** `params.yaml, line 3` */
export const place = (f: Facts): string =>
  [f.file, f.line === undefined ? undefined : `line ${f.line}`].filter((part) => part !== undefined).join(', ');

/** Where in a configuration file the cause stands, when that is known. */
export const cause = (f: Facts): string => (f.line === undefined ? '' : `${place(f)}: ${f.key}: `);

export const nearest = (f: Facts): string => (f.nearest === undefined ? '' : ` Did you mean "${f.nearest}"?`);

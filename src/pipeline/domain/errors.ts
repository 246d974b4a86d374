import type { ErrorKind, Facts } from './error-kinds.ts';
import { type ErrorCode, errorTable } from './error-table.ts';

export type { ErrorKind, Facts } from './error-kinds.ts';

/** The one error type of the product: a code of the table plus facts. The sentence is made when somebody reads it. */
export class HilumError extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;

  constructor(code: ErrorCode, facts: Facts = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'HilumError';
    this.code = code;
    this.facts = facts;
  }

  /** What was expected, what was found, what to do next. */
  get sentence(): string {
    return sentenceOf(this.code, this.facts);
  }
}

export function sentenceOf(code: ErrorCode, facts: Facts): string {
  return errorTable[code].sentence(facts);
}

/** Process exit code that this error ends a command with (DESIGN section 4). */
export function exitCodeOf(error: unknown): number {
  return error instanceof HilumError ? exitOfKind[errorTable[error.code].kind] : 1;
}

const exitOfKind: Record<ErrorKind, number> = {
  configuration: 2,
  input: 3,
  check: 4,
  environment: 2,
  busy: 75,
  cancelled: 130,
  bug: 1,
};

/** Form of an error that crosses a process boundary. */
export interface ErrorEnvelope {
  readonly code: ErrorCode;
  readonly facts: Facts;
}

/** Anything thrown, as code and facts. What is no HilumError is our bug; its message stays out of facts (it may hold a path). */
export function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof HilumError) return { code: error.code, facts: error.facts };
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'bug/unexpected', facts: { name } };
}

export function fromEnvelope(envelope: ErrorEnvelope): HilumError {
  return new HilumError(envelope.code, envelope.facts);
}

export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorTable, value);
}

export function hasCode(error: unknown, code: ErrorCode): error is HilumError {
  return error instanceof HilumError && error.code === code;
}

/** Node's errno of a file-system failure (`ENOENT`, `EACCES`), when there is one. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

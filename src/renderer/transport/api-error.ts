import type { ErrorKind, Facts } from '../../pipeline/domain/error-kinds.ts';
import { type ErrorCode, errorTable } from '../../pipeline/domain/error-table.ts';
import { isErrorCode, sentenceOf } from '../../pipeline/domain/errors.ts';

/** An error of the core as the page shows it: the core's own sentence. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;
  readonly sentence: string;
  readonly kind: ErrorKind;

  constructor(code: ErrorCode, facts: Facts = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'ApiError';
    this.code = code;
    this.facts = facts;
    this.sentence = sentenceOf(code, facts);
    this.kind = errorTable[code].kind;
  }
}

/** What a newer or older core says may be no code of this page. */
export function fromReply(error: { readonly code: string; readonly facts: Facts }): ApiError {
  return isErrorCode(error.code)
    ? new ApiError(error.code, error.facts)
    : new ApiError('bug/unexpected', { name: error.code });
}

/** Anything thrown, as an error with a sentence. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('bug/unexpected', { name: error instanceof Error ? error.name : typeof error }, { cause: error });
}

import type { ErrorCode } from '../../pipeline/domain/error-table.ts';
import { type Facts, HilumError } from '../../pipeline/domain/errors.ts';

/** A request that is refused before the core sees it: the HTTP status, and the error that its page shows. */
export class TransportFault extends Error {
  readonly status: number;
  readonly error: HilumError;

  constructor(status: number, code: ErrorCode, facts: Facts = {}) {
    super(code);
    this.status = status;
    this.error = new HilumError(code, facts);
  }
}

export const notFound = (): TransportFault => new TransportFault(404, 'call/unknown');
export const badInput = (what: string): TransportFault => new TransportFault(400, 'call/bad-input', { what });

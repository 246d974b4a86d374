import { describe, expect, it } from 'vitest';
import { ApiError, fromReply, toApiError } from '../../../src/renderer/transport/api-error.ts';
import { retryDelayMs } from '../../../src/renderer/transport/retry-delay.ts';

describe('errors of the core on the page', () => {
  it('carry the sentence and the kind of their code', () => {
    const error = fromReply({ code: 'call/too-large', facts: { limit: 65_536 } });
    expect(error).toBeInstanceOf(ApiError);
    expect([error.code, error.kind]).toEqual(['call/too-large', 'configuration']);
    expect(error.sentence).toContain('65536 bytes');
  });

  it('become a fault of ours when the code is unknown or the thing thrown is no error', () => {
    expect(fromReply({ code: 'future/thing', facts: {} }).code).toBe('bug/unexpected');
    expect(fromReply({ code: 'constructor', facts: {} }).code).toBe('bug/unexpected');
    expect(toApiError('text').code).toBe('bug/unexpected');
    expect(toApiError(new TypeError('with /a/path')).facts).toEqual({ name: 'TypeError' });
    const error = new ApiError('call/lost');
    expect(toApiError(error)).toBe(error);
  });
});

describe('reconnecting', () => {
  it('waits ever longer, up to ten seconds', () => {
    expect([0, 1, 2, 5, 50].map(retryDelayMs)).toEqual([500, 1000, 2000, 10_000, 10_000]);
  });
});

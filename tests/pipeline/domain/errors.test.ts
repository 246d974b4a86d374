import { describe, expect, it } from 'vitest';
import { errorTable } from '../../../src/pipeline/domain/error-table.ts';
import { exitCodeOf, fromEnvelope, HilumError, toEnvelope } from '../../../src/pipeline/domain/errors.ts';
import { byCodePoint, nearestName } from '../../../src/pipeline/domain/names.ts';

describe('errors', () => {
  it('has a sentence for every code that ends as one and never shows a missing fact', () => {
    for (const [code, entry] of Object.entries(errorTable)) {
      const everything = new Proxy({}, { get: (_target, key) => `<${String(key)}>` });
      const sentence = entry.sentence(everything);
      expect(sentence, code).toMatch(/[.!?]$/);
      expect(sentence, code).not.toContain('undefined');
    }
  });

  it('crosses a process boundary whole, and hides what is not ours', () => {
    const error = new HilumError('image/truncated', { expectedBytes: 10, actualBytes: 3 });
    expect(fromEnvelope(structuredClone(toEnvelope(error)))).toMatchObject({ code: error.code, facts: error.facts });
    expect(toEnvelope(new Error('ENOENT /data/Name^Of^Patient'))).toEqual({
      code: 'bug/unexpected',
      facts: { name: 'Error' },
    });
  });

  it('ends the process with the documented codes', () => {
    expect(exitCodeOf(new HilumError('config/unknown-key'))).toBe(2);
    expect(exitCodeOf(new HilumError('split/leak'))).toBe(4);
    expect(exitCodeOf(new HilumError('workspace/busy'))).toBe(75);
    expect(exitCodeOf(new HilumError('cancelled/by-user'))).toBe(130);
    expect(exitCodeOf(new Error('x'))).toBe(1);
  });
});

describe('names', () => {
  it('finds the nearest name, and none when nothing is near', () => {
    expect(nearestName('epoch', ['epochs', 'seed'])).toBe('epochs');
    expect(nearestName('learnign_rate', ['learning_rate', 'l2'])).toBe('learning_rate');
    expect(nearestName('xyzzy', ['epochs', 'seed'])).toBeUndefined();
  });

  it('sorts by code point where UTF-16 units would not', () => {
    expect(['\u{1F600}', '\uF900', 'b', 'a'].sort(byCodePoint)).toEqual(['a', 'b', '\uF900', '\u{1F600}']);
  });
});

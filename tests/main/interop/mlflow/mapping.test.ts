import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, batchLimits, pointValue } from '../../../../src/main/interop/mlflow/batches.ts';
import { changedNames, cut, modelName, remoteName } from '../../../../src/main/interop/mlflow/names.ts';

const seed = 20260301;
const pair = fc.record({ key: fc.string({ maxLength: 250 }), value: fc.string({ maxLength: 6000, unit: 'grapheme' }) });
const point = fc.record({
  key: fc.string({ maxLength: 250 }),
  value: fc.double().map(pointValue),
  timestamp: fc.nat(),
  step: fc.nat(),
});
const entries = fc.record({
  metrics: fc.array(point, { maxLength: 2500, size: 'max' }),
  params: fc.array(pair, { maxLength: 250, size: 'max' }),
  tags: fc.array(pair, { maxLength: 250, size: 'max' }),
});

describe('batches', () => {
  it('hold everything once, in order, within the limits', async () => {
    await fc.assert(
      fc.property(entries, (all) => {
        const batches = [...batchesOf(all)];
        for (const { metrics, params, tags } of batches) {
          expect(metrics.length).toBeLessThanOrEqual(1000);
          expect(params.length).toBeLessThanOrEqual(100);
          expect(tags.length).toBeLessThanOrEqual(100);
          expect(metrics.length + params.length + tags.length).toBeLessThanOrEqual(batchLimits.all);
          expect(Buffer.byteLength(JSON.stringify({ metrics, params, tags, run_id: '0'.repeat(32) }))).toBeLessThan(
            1_000_000,
          );
        }
        for (const kind of ['metrics', 'params', 'tags'] as const)
          expect(batches.flatMap((batch) => [...batch[kind]])).toEqual(all[kind]);
      }),
      { seed, numRuns: 25 },
    );
  });

  it('of nothing are none', () => expect([...batchesOf({ metrics: [], params: [], tags: [] })]).toEqual([]));

  it('write what JSON cannot hold as text', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.5].map(pointValue)).toEqual([
      'NaN',
      'Infinity',
      '-Infinity',
      -0.5,
    ]);
  });
});

describe('names', () => {
  const written = fc.oneof(
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc.string({
      maxLength: 300,
      unit: fc.constantFrom('a', '/', '.', ' ', '(', 'ü', '日', '\u0301', ':', '\\', '\u0000'),
    }),
  );

  it('are such as MLflow takes, whatever stands there', async () => {
    await fc.assert(
      fc.property(written, (name) => {
        const mapped = remoteName(name);
        expect(mapped).toMatch(/^[\p{L}\p{N}_\-. /]{1,250}$/u);
        for (const part of mapped.split('/')) expect(['', '.', '..']).not.toContain(part);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('that differ stay different', async () => {
    await fc.assert(
      fc.property(written, written, (a, b) => {
        fc.pre(a !== b);
        expect(remoteName(a)).not.toBe(remoteName(b));
      }),
      { seed, numRuns: 500 },
    );
  });

  it('that are fine stay, and only changed ones are stated', () => {
    expect(remoteName('slice/Renal cyst/sensitivity')).toBe('slice/Renal cyst/sensitivity');
    expect(remoteName('日本語/é')).toBe('日本語/é');
    expect(Object.values(changedNames(['loss', 'a(b)']))).toEqual(['a(b)']);
    expect(modelName('CT/kidney: v1')).not.toMatch(/[/:]/);
  });

  it('are never cut within a character', () => {
    expect(cut('ab😀', 3)).toBe('ab');
    expect(cut('ab😀', 4)).toBe('ab😀');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochsAt, planRungs, type Score, standing } from '../../../../src/main/studies/sweep/halving.ts';

const seed = { seed: 11, numRuns: 400 };

const rules = fc.record({ eta: fc.integer({ min: 1, max: 6 }), leastEpochs: fc.integer({ min: 1, max: 12 }) });
const counts = fc.integer({ min: 1, max: 120 });
const epochCounts = fc.integer({ min: 1, max: 200 });

describe('the rungs of a sweep', () => {
  it.each([
    [
      9,
      27,
      3,
      [
        [9, 3],
        [3, 9],
        [1, 27],
      ],
    ],
    [
      12,
      30,
      3,
      [
        [12, 4],
        [4, 10],
        [1, 30],
      ],
    ],
    [
      4,
      30,
      3,
      [
        [4, 10],
        [1, 30],
      ],
    ],
    [2, 30, 3, [[2, 30]]],
    [
      8,
      3,
      2,
      [
        [8, 2],
        [4, 3],
      ],
    ],
    [8, 30, 1, [[8, 30]]],
  ])('%i candidates of %i epochs, eta %i', (candidates, epochs, eta, expected) => {
    const rungs = planRungs(candidates, epochs, { eta, leastEpochs: 1 });
    expect(rungs.map((rung) => [rung.candidates, epochsAt(rung, epochs)])).toEqual(expected);
  });

  it('grow in epochs, shrink in candidates, begin with all and end with all epochs', () => {
    void fc.assert(
      fc.property(counts, epochCounts, rules, (candidates, epochs, given) => {
        const rungs = planRungs(candidates, epochs, given);
        const [first] = rungs;
        const last = rungs.at(-1);
        expect(first?.candidates).toBe(candidates);
        expect(last?.share).toBe(1);
        for (const [k, rung] of rungs.entries()) {
          const before = rungs[k - 1];
          if (before === undefined) continue;
          expect(rung.candidates).toBe(Math.floor(before.candidates / given.eta));
          expect(rung.candidates).toBeGreaterThanOrEqual(1);
          expect(epochsAt(rung, epochs)).toBeGreaterThan(epochsAt(before, epochs) - 1);
        }
        if (first !== undefined && rungs.length > 1) {
          expect(epochsAt(first, epochs)).toBeGreaterThanOrEqual(given.leastEpochs);
        }
      }),
      seed,
    );
  });

  it('cost no more than training everybody, and each rung about as much as any other', () => {
    void fc.assert(
      fc.property(counts, epochCounts, rules, (candidates, epochs, given) => {
        const rungs = planRungs(candidates, epochs, given);
        const spent = rungs.map((rung, k) => {
          const before = rungs[k - 1];
          return rung.candidates * (epochsAt(rung, epochs) - (before === undefined ? 0 : epochsAt(before, epochs)));
        });
        const total = spent.reduce((sum, each) => sum + each, 0);
        expect(total).toBeLessThanOrEqual(candidates * epochs);
        // One rung of the paper: n candidates for R × eta^-s epochs; rounding up costs each of them one epoch at most.
        const share = rungs[0]?.share ?? 1;
        for (const [k, each] of spent.entries()) {
          expect(each).toBeLessThanOrEqual(candidates * epochs * share + (rungs[k]?.candidates ?? 0));
        }
      }),
      seed,
    );
  });
});

const races = fc
  .record({ candidates: fc.integer({ min: 1, max: 40 }), epochs: fc.integer({ min: 1, max: 81 }), given: rules })
  .chain(({ candidates, epochs, given }) => {
    const rungs = planRungs(candidates, epochs, given);
    const value = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null, freq: 8 });
    const score = fc.record({ value, loss: fc.double({ min: 0, max: 5, noNaN: true }), finished: fc.boolean() });
    const row = fc.array(score, { minLength: rungs.length, maxLength: rungs.length });
    return fc.record({
      rungs: fc.constant(rungs),
      table: fc.array(row, { minLength: candidates, maxLength: candidates }),
      better: fc.constantFrom('higher' as const, 'lower' as const),
    });
  });

/** Trains what is asked for until nothing is, as a sweep does. */
function run(rungs: ReturnType<typeof planRungs>, table: readonly (readonly Score[])[], better: 'higher' | 'lower') {
  const scores = new Map<number, Score[]>();
  const trained: [number, number][] = [];
  for (;;) {
    const now = standing(rungs, scores, better);
    const [candidate] = now.waiting;
    if (candidate === undefined) return { end: now, trained };
    const score = table[candidate]?.[now.rung];
    if (score === undefined) throw new Error('no score');
    const own = scores.get(candidate) ?? [];
    own[now.rung] = score;
    scores.set(candidate, own);
    trained.push([candidate, now.rung]);
  }
}

describe('who goes on', () => {
  it('the best of a rung is never dropped, and each rung keeps no more than planned', () => {
    void fc.assert(
      fc.property(races, ({ rungs, table, better }) => {
        const { end, trained } = run(rungs, table, better);
        for (const [k] of rungs.entries()) {
          const here = end.ranking.filter((candidate) => trained.some(([c, r]) => c === candidate && r === k));
          expect(here.length).toBeLessThanOrEqual(rungs[k]?.candidates ?? 0);
          const values = here.flatMap((candidate) => {
            const value = table[candidate]?.[k]?.value ?? null;
            return value === null ? [] : [value];
          });
          const best = better === 'higher' ? Math.max(...values) : Math.min(...values);
          // Those with the best figure of all who stood at this rung: at least one of them was not dropped here.
          const leaders = here.filter((candidate) => table[candidate]?.[k]?.value === best);
          if (leaders.length > 0) {
            const isKept = leaders.some((candidate) => end.dropped.get(candidate) !== k);
            const carried = [...table.keys()].some(
              (candidate) =>
                !here.includes(candidate) &&
                end.dropped.get(candidate) !== k &&
                table[candidate]?.some((s) => s.finished),
            );
            expect(isKept || carried).toBe(true);
          }
        }
      }),
      seed,
    );
  });

  it('nobody is trained twice to the same rung, nor after the end, a failure or a drop', () => {
    void fc.assert(
      fc.property(races, ({ rungs, table, better }) => {
        const { end, trained } = run(rungs, table, better);
        expect(new Set(trained.map(String)).size).toBe(trained.length);
        for (const [candidate, rung] of trained) {
          expect(end.dropped.get(candidate) ?? rungs.length).toBeGreaterThanOrEqual(rung);
          const before = table[candidate]?.slice(0, rung) ?? [];
          expect(before.some((score) => score.finished || score.value === null)).toBe(false);
        }
        expect(end.finished).toBe(true);
      }),
      seed,
    );
  });

  it('the ranking names each candidate once, the winner stood in the last rung that anybody reached', () => {
    void fc.assert(
      fc.property(races, ({ rungs, table, better }) => {
        const { end, trained } = run(rungs, table, better);
        expect([...end.ranking].sort((a, b) => a - b)).toEqual(table.map((_, index) => index));
        const winner = end.ranking[0] ?? -1;
        expect(end.dropped.has(winner)).toBe(false);
        expect(trained.some(([candidate]) => candidate === winner)).toBe(true);
      }),
      seed,
    );
  });

  it('one that ended early keeps its figure and is compared with it at later rungs', () => {
    const rungs = planRungs(4, 8, { eta: 2, leastEpochs: 1 });
    const early: Score = { value: 0.9, loss: 1, finished: true };
    const late = (value: number): Score => ({ value, loss: 1, finished: false });
    const scores = new Map<number, Score[]>([
      [0, [early]],
      [1, [late(0.5), late(0.95)]],
      [2, [late(0.4)]],
      [3, [late(0.3)]],
    ]);
    const now = standing(rungs, scores, 'higher');
    expect([...now.dropped]).toEqual([
      [2, 0],
      [3, 0],
      [0, 1],
    ]);
    expect(now).toMatchObject({ rung: 2, waiting: [1], finished: false });
  });

  it('of equal figures the one with the lower loss goes on', () => {
    const rungs = planRungs(3, 9, { eta: 3, leastEpochs: 1 });
    const losses = [0.9, 0.7, 0.8];
    const scores = new Map(losses.map((loss, each) => [each, [{ value: 0.5, loss, finished: false }]]));
    expect(standing(rungs, scores, 'higher')).toMatchObject({ waiting: [1], ranking: [1, 2, 0] });
  });

  it('equal figures keep their order, and a failed candidate never goes on', () => {
    const rungs = planRungs(3, 9, { eta: 3, leastEpochs: 1 });
    const at = (value: number | null): Score[] => [{ value, loss: 1, finished: false }];
    const equal = standing(rungs, new Map([0, 1, 2].map((each) => [each, at(0.5)])), 'higher');
    expect(equal).toMatchObject({ rung: 1, waiting: [0], ranking: [0, 1, 2] });
    const failed = standing(rungs, new Map([0, 1, 2].map((each) => [each, at(null)])), 'lower');
    expect(failed).toMatchObject({ finished: true, waiting: [], ranking: [0, 1, 2] });
    expect(failed.dropped.size).toBe(0);
  });
});

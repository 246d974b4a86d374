import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import {
  conformalSet,
  coverageCurve,
  groupConformal,
  mcnemar,
  operatingPoint,
  temperatureFit,
  withTemperature,
} from '../../../src/pipeline/metrics/index.ts';

const python = process.env.HILUM_PEER_PYTHON;
const pair = z.tuple([z.number(), z.number()]);
const referenceSchema = z.object({
  mcnemar: z.array(pair),
  temperatures: z.array(
    z.object({
      temperature: z.number(),
      before: z.number(),
      after: z.number(),
      scaled: z.array(z.array(z.number())),
    }),
  ),
  conformal: z.array(z.array(z.array(z.boolean()))),
  youden: z.array(z.number()),
  aurc: z.array(z.number()),
});

const random = randomFrom('peer statistics', 1);
const pairs: [number, number][] = [
  [0, 0],
  [1, 0],
  [5, 5],
  [0, 12],
  [400, 430],
  [2000, 1900],
  ...Array.from({ length: 60 }, (): [number, number] => [random.below(40), random.below(40)]),
];
const labelled = Array.from({ length: 20 }, (_, i) => {
  const classes = 2 + (i % 4);
  const sharpness = 0.3 + 3 * random.next();
  // The fifth class is too rare for a conformal promise of 0.9, which takes nine cases.
  const common = Array.from({ length: 50 + random.below(150) }, () => random.below(Math.min(classes, 4)));
  const truth = classes === 5 ? [4, 4, 4, ...common] : common;
  const probabilities = truth.map((each) => {
    const powers = Array.from({ length: classes }, (_none, k) =>
      Math.exp(sharpness * (random.normal() + (k === each ? 1 : 0))),
    );
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
  return { truth, probabilities };
});
const scored = Array.from({ length: 20 }, (_, i) => {
  const coarse = i % 2 === 0;
  const labels = Array.from({ length: 20 + random.below(100) }, (_none, n) => (n < 2 ? n : random.below(2)));
  const scores = labels.map((label) => {
    const score = 1 / (1 + Math.exp(-random.normal() - label));
    return coarse ? Math.round(score * 8) / 8 : score;
  });
  return { labels, scores };
});

describe.skipIf(python === undefined)('statistics against statsmodels 0.15.0, scipy 1.17.1, scikit-learn 1.9.1', () => {
  let reference: z.infer<typeof referenceSchema>;
  beforeAll(() => {
    const script = fileURLToPath(new URL('statistics_reference.py', import.meta.url));
    const input = JSON.stringify({ pairs, labelled, scored });
    const done = spawnSync(python ?? '', [script], { input, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
    if (done.status !== 0) throw new Error(done.stderr);
    reference = referenceSchema.parse(JSON.parse(done.stdout));
  });

  it('McNemar, exact and mid-p', () => {
    pairs.forEach(([fixed, broken], i) => {
      const { exact, midP } = mcnemar(fixed, broken);
      expect(exact, `${fixed} fixed, ${broken} broken`).toBeCloseTo(reference.mcnemar[i]?.[0] ?? Number.NaN, 10);
      expect(midP, `${fixed} fixed, ${broken} broken`).toBeCloseTo(reference.mcnemar[i]?.[1] ?? Number.NaN, 10);
    });
  });

  it('temperature: fit, losses and scaled probabilities', () => {
    labelled.forEach(({ truth, probabilities }, i) => {
      const theirs = reference.temperatures[i];
      const mine = temperatureFit(truth.map((each, n) => ({ truth: each, probabilities: probabilities[n] ?? [] })));
      expect(mine.temperature / (theirs?.temperature ?? Number.NaN)).toBeCloseTo(1, 5);
      expect(mine.before).toBeCloseTo(theirs?.before ?? Number.NaN, 12);
      expect(mine.after).toBeCloseTo(theirs?.after ?? Number.NaN, 12);
      probabilities.forEach((row, n) => {
        withTemperature(row, 2.5).forEach((value, k) => {
          expect(value).toBeCloseTo(theirs?.scaled[n]?.[k] ?? Number.NaN, 13);
        });
      });
    });
  });

  it('class-wise conformal sets of one case a group, case by case', () => {
    const promises = new Set<boolean | undefined>();
    labelled.forEach(({ truth, probabilities }, i) => {
      const cases = truth.map((each, n) => ({ group: `g${n}`, truth: each, probabilities: probabilities[n] ?? [] }));
      const classes = probabilities[0]?.length ?? 0;
      const found = groupConformal(cases, classes, 0.1);
      promises.add(found?.promised);
      const sets = probabilities.map((row) => {
        const held = conformalSet(row, found?.thresholds ?? []);
        return row.map((_, k) => held.includes(k));
      });
      expect(sets, `task ${i}`).toEqual(reference.conformal[i]);
    });
    expect(promises).toEqual(new Set([true, false]));
  });

  it("Youden's operating point and the area under the risk-coverage curve", () => {
    scored.forEach(({ scores, labels }, i) => {
      const isClass = labels.map((label) => label === 1);
      const point = operatingPoint(scores, isClass, { by: 'youden' });
      const gain = (point?.sensitivity ?? Number.NaN) + (point?.specificity ?? Number.NaN) - 1;
      expect(gain, `task ${i}`).toBeCloseTo(reference.youden[i] ?? Number.NaN, 12);
      const answers = scores.map((confidence, n) => ({ confidence, right: isClass[n] === true }));
      expect(coverageCurve(answers).aurc, `task ${i}`).toBeCloseTo(reference.aurc[i] ?? Number.NaN, 12);
    });
  });
});

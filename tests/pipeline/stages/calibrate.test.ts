import { describe, expect, it } from 'vitest';
import { answeringLines } from '../../../src/pipeline/domain/answering-words.ts';
import { calibrationSchema, pointFor } from '../../../src/pipeline/domain/calibration.ts';
import type { Prediction } from '../../../src/pipeline/domain/metrics.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';
import { withTemperature } from '../../../src/pipeline/metrics/index.ts';
import { calibrationOf, crossFitted } from '../../../src/pipeline/stages/train/calibrate.ts';

/** Honest probabilities of three classes, made too sure by 1 / sharpness; groups of ten images. */
function heldOut(groups: number, sharpness: number): Prediction[] {
  const random = randomFrom('calibrate', groups);
  return Array.from({ length: groups * 10 }, (_, i) => {
    const group = Math.floor(i / 10);
    const raw = [0, 1, 2].map((k) => Math.exp(1.2 * random.normal() + (k === group % 3 ? 1.5 : 0)));
    const sum = raw.reduce((total, each) => total + each, 0);
    const honest = raw.map((each) => each / sum);
    const drawn = random.next();
    const truth = drawn < (honest[0] ?? 0) ? 0 : drawn < (honest[0] ?? 0) + (honest[1] ?? 0) ? 1 : 2;
    const probabilities = withTemperature(honest, 1 / sharpness);
    return { image: `i${i}`, scan: `s${group}`, group: `g${group}`, truth, probabilities };
  });
}

const params = (answering: object = {}) => paramsSchema.parse({ answering, evaluation: { resamples: 200 } });

describe('calibration of a model', () => {
  const cases = heldOut(60, 3);
  const made = calibrationOf(cases, 3, params());

  it('finds the temperature that was planted, and errs less with temperatures from other groups', () => {
    expect(made.temperature).toBeGreaterThan(2.3);
    expect(made.temperature).toBeLessThan(3.9);
    const { before, after } = made.evidence ?? {};
    expect(after?.ece.value).toBeLessThan(before?.ece.value ?? 0);
    expect(after?.brier.value).toBeLessThan(before?.brier.value ?? 0);
    expect(after?.ece.high).toBeGreaterThan(after?.ece.value ?? 1);
    expect(before?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(600);
    expect(calibrationSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  });

  it('holds the stated coverage of conformal sets by group, within its interval', () => {
    const conformal = made.evidence?.conformal;
    expect(conformal?.promised).toBe(true);
    expect(conformal?.coverage.overall.high).toBeGreaterThanOrEqual(0.9);
    expect(conformal?.coverage.overall.value).toBeGreaterThan(0.86);
    expect(conformal?.coverage.by_class).toHaveLength(3);
    expect(conformal?.coverage.groups).toBe(60);
  });

  it('chooses the threshold by probability, by coverage or by accuracy', () => {
    expect(made).toMatchObject({ review_below: 0.5, evidence: { answering: { by: 'probability', reached: true } } });
    const wide = { conformal_error: 0.5 };
    const byCoverage = calibrationOf(cases, 3, params({ ...wide, by: 'coverage', target: 0.3 })).evidence?.answering;
    expect(byCoverage?.reached).toBe(true);
    expect(byCoverage?.coverage).toBeGreaterThanOrEqual(0.3);
    expect(byCoverage?.coverage).toBeLessThan(0.32);
    const byAccuracy = calibrationOf(cases, 3, params({ ...wide, by: 'accuracy', target: 0.8 }));
    expect(byAccuracy.evidence?.answering.accuracy).toBeGreaterThanOrEqual(0.8);
    const never = calibrationOf(cases, 3, params({ by: 'accuracy', target: 1 }));
    if (never.evidence?.answering.reached === false) expect(never.review_below).toBe(1);
  });

  it('fits nothing on one group, and leaves probabilities that nothing bounds as they are', () => {
    const alone = cases.map((each) => ({ ...each, group: 'one' }));
    expect(calibrationOf(alone, 3, params())).toEqual({ temperature: 1, review_below: 0.5, evidence: null });
    const right = cases.map((each) => ({
      ...each,
      probabilities: [0, 1, 2].map((k) => (k === each.truth ? 0.8 : 0.1)),
    }));
    expect(calibrationOf(right, 3, params()).temperature).toBe(1);
    expect(crossFitted(right)).toEqual(right);
  });

  it('keeps the order of the images and their answers when it scales them', () => {
    const scaled = crossFitted(cases);
    expect(scaled.map(({ image }) => image)).toEqual(cases.map(({ image }) => image));
    for (const [i, { probabilities }] of scaled.entries()) {
      const before = cases[i]?.probabilities ?? [];
      expect(probabilities.indexOf(Math.max(...probabilities))).toBe(before.indexOf(Math.max(...before)));
    }
  });

  it('is said in sentences', () => {
    const lines = answeringLines(made, undefined, ['Cyst', 'Normal', 'Stone']).join('\n');
    expect(lines).toContain('fitted on 600 held-out images of 60 patient groups');
    expect(lines).toContain('Out-of-distribution gate: none.');
    const none = { temperature: 1, review_below: 0.5, evidence: null };
    expect(answeringLines(none, undefined, []).join('\n')).toContain('not fitted');
  });
});

describe('a point of a coverage curve', () => {
  const curve = [
    { threshold: 0.9, coverage: 0.2, accuracy: 1, answered: 20 },
    { threshold: 0.7, coverage: 0.5, accuracy: 0.9, answered: 50 },
    { threshold: 0.6, coverage: 0.6, accuracy: 0.8, answered: 60 },
  ];

  it('is the highest threshold that answers enough, or the one that answers most among the right enough', () => {
    expect(pointFor(curve, { by: 'coverage', target: 0.4 })).toMatchObject({ threshold: 0.7, reached: true });
    expect(pointFor(curve, { by: 'accuracy', target: 0.85 })).toMatchObject({ threshold: 0.7, reached: true });
    expect(pointFor(curve, { by: 'probability', target: 0.65 })).toMatchObject({ threshold: 0.65, coverage: 0.5 });
  });

  it('says what is out of reach: everything answered, or nothing', () => {
    expect(pointFor(curve, { by: 'coverage', target: 0.9 })).toMatchObject({
      threshold: 0,
      coverage: 0.6,
      reached: false,
    });
    expect(pointFor([], { by: 'accuracy', target: 0.9 })).toEqual({
      threshold: 1,
      coverage: 0,
      accuracy: null,
      reached: false,
    });
  });
});

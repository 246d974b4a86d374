import type { OperatingPoint } from '../../domain/metrics.ts';
import type { ClassFigures, FiguresInput, LevelFigures } from '../../domain/run-figures.ts';
import {
  type BinaryQuestion,
  type Cases,
  calibrationEstimates,
  casesFrom,
  coverageCurve,
  type GroupedCase,
  precisionRecallCurve,
  predictiveEstimates,
  reliabilityBins,
  rocCurve,
  sampleOf,
  thinnedCoverage,
} from '../../metrics/index.ts';
import { thinned } from './thinned.ts';

interface LevelOptions extends Pick<FiguresInput, 'prevalence' | 'resamples' | 'seed'> {
  readonly classes: readonly string[];
  /** By class; empty without a calibration. */
  readonly points: readonly (OperatingPoint | null)[];
}

const coveragePoints = 100;

/** Figures of scans, or of slices. */
export function levelFigures(items: readonly GroupedCase[], options: LevelOptions): LevelFigures {
  const cases = casesFrom(items, options.classes.length);
  const right = Array.from(cases.truth, (truth, i) => truth === cases.predicted[i]);
  const answers = Array.from(cases.confidence, (confidence, i) => ({ confidence, right: right[i] === true }));
  const { points, aurc } = coverageCurve(answers);
  const { ece, brier } = calibrationEstimates(items, options.classes.length, options);
  return {
    cases: items.length,
    classes: classFigures(items, cases, options),
    ece,
    brier,
    reliability: reliabilityBins(cases),
    coverage: { points: thinnedCoverage(points, coveragePoints), aurc },
  };
}

function classFigures(items: readonly GroupedCase[], cases: Cases, options: LevelOptions): ClassFigures[] {
  const { classAucs, classPrecisions } = sampleOf(cases);
  const heads = options.classes.map((name, k) => {
    const members = items.filter(({ truth }) => truth === k);
    const share = items.length === 0 ? 0 : members.length / items.length;
    const groups = new Set(members.map(({ group }) => group)).size;
    return { name, cases: members.length, groups, share, prevalence: options.prevalence[name] ?? share };
  });
  const questions = heads.flatMap(({ prevalence }, k) => [
    questionOf(items, k, prevalence, (i) => cases.predicted[i] === k),
    questionOf(items, k, prevalence, (_i, score) => score >= (options.points[k]?.threshold ?? 2)),
  ]);
  const worths = predictiveEstimates(items, questions, options);
  const nothing = { value: null, low: null, high: null };
  return heads.map((head, k) => {
    const answer = worths[2 * k] ?? { sensitivity: nothing, specificity: nothing, ppv: nothing, npv: nothing };
    const chosen = options.points[k] ?? null;
    const there = worths[2 * k + 1];
    return {
      ...head,
      answer,
      operating_point: chosen === null || there === undefined ? null : { ...there, chosen },
      auc: classAucs[k] ?? null,
      average_precision: classPrecisions[k] ?? null,
      roc: thinned(rocCurve(cases, k).map((point) => [point.falsePositiveRate, point.truePositiveRate])),
      precision_recall: thinned(precisionRecallCurve(cases, k).map(({ recall, precision }) => [recall, precision])),
    };
  });
}

function questionOf(
  items: readonly GroupedCase[],
  classIndex: number,
  prevalence: number,
  called: (index: number, score: number) => boolean,
): BinaryQuestion {
  return {
    isClass: items.map(({ truth }) => truth === classIndex),
    called: items.map(({ probabilities }, i) => called(i, probabilities[classIndex] ?? 0)),
    prevalence,
  };
}

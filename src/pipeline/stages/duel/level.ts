import {
  type DuelCase,
  type DuelFigure,
  type DuelOfLevel,
  duelFigures,
  duelRows,
  verdictOf,
} from '../../domain/duel.ts';
import type { DuelInput } from '../../domain/duel-input.ts';
import type { Prediction } from '../../domain/metrics.ts';
import { casesFrom, groupsOf, mcnemar, overallMetrics, pairedBootstrap, voteByScan } from '../../metrics/index.ts';
import type { Paired } from './sides.ts';

type Options = Pick<DuelInput, 'resamples' | 'seed' | 'scanVote'>;

/** One case of a level with both answers. */
interface Answered {
  readonly name: string;
  readonly group: string;
  readonly truth: number;
  readonly a: Answer;
  readonly b: Answer;
}

interface Answer {
  readonly predicted: number;
  readonly probabilities: readonly number[];
  /** Image that led to it. */
  readonly image: string;
}

/** One answer a scan: the vote of its slices, as `evaluate` counts it. */
export function scanLevel({ a, b }: Paired, { scanVote }: Options): Answered[] {
  const ofB = new Map(voteByScan(b, scanVote).map((vote) => [vote.scan, vote]));
  return voteByScan(a, scanVote).flatMap(({ truth, ...vote }) => {
    const other = ofB.get(vote.scan);
    if (truth === undefined || other === undefined) return [];
    return [{ name: vote.scan, group: vote.group, truth, a: voted(vote), b: voted(other) }];
  });
}

export function sliceLevel({ a, b }: Paired): Answered[] {
  return a.flatMap((before, index) => {
    const after = b[index];
    if (after === undefined) return [];
    return [{ name: before.image, group: before.group, truth: before.truth, a: said(before), b: said(after) }];
  });
}

function voted(vote: { predicted: number; probabilities: readonly number[]; keySlices: readonly string[] }): Answer {
  return { predicted: vote.predicted, probabilities: vote.probabilities, image: vote.keySlices[0] ?? '' };
}

function said({ image, probabilities }: Prediction): Answer {
  return { predicted: probabilities.indexOf(Math.max(...probabilities)), probabilities, image };
}

/** Who is right where, and whether that is more than chance. */
export function duelOfLevel(cases: readonly Answered[], classes: readonly string[], options: Options): DuelOfLevel {
  const isRight = (each: Answered, side: 'a' | 'b'): boolean => each[side].predicted === each.truth;
  const fixed = cases.filter((each) => !isRight(each, 'a') && isRight(each, 'b'));
  const broken = cases.filter((each) => isRight(each, 'a') && !isRight(each, 'b'));
  const bothRight = cases.filter((each) => isRight(each, 'a') && isRight(each, 'b')).length;
  const test = mcnemar(fixed.length, broken.length);
  return {
    cases: cases.length,
    both_right: bothRight,
    both_wrong: cases.length - bothRight - fixed.length - broken.length,
    fixed: listOf(fixed, 'a', classes),
    broken: listOf(broken, 'b', classes),
    exact: test.exact,
    mid_p: test.midP,
    figures: figuresOf(cases, classes.length, options),
  };
}

/** @param wrong the side that has them wrong: its surest answers come first */
function listOf(cases: readonly Answered[], wrong: 'a' | 'b', classes: readonly string[]): DuelOfLevel['fixed'] {
  const surest = (each: Answered): number => each[wrong].probabilities[each[wrong].predicted] ?? 0;
  const rows = cases
    .toSorted((x, y) => surest(y) - surest(x))
    .slice(0, duelRows)
    .map((each): DuelCase => {
      const { a, b } = each;
      return {
        name: each.name,
        image: each[wrong].image,
        class: classes[each.truth] ?? '',
        a: classes[a.predicted] ?? '',
        b: classes[b.predicted] ?? '',
        probability_a: a.probabilities[a.predicted] ?? 0,
        probability_b: b.probabilities[b.predicted] ?? 0,
      };
    });
  return { total: cases.length, rows };
}

function figuresOf(cases: readonly Answered[], classes: number, options: Options): DuelOfLevel['figures'] {
  const side = (of: 'a' | 'b') =>
    casesFrom(
      cases.map(({ truth, [of]: { predicted, probabilities } }) => ({ truth, predicted, probabilities })),
      classes,
    );
  const { names, groupOf } = groupsOf(cases);
  const statistics = duelFigures.map((name) => ({ value: overallMetrics[name].value, hasInterval: true }));
  const estimates = pairedBootstrap(side('a'), side('b'), groupOf, names.length, statistics, options);
  const figure = (name: DuelFigure): DuelOfLevel['figures'][DuelFigure] => {
    const found = estimates[duelFigures.indexOf(name)];
    const difference = found?.difference ?? { value: null, low: null, high: null };
    return {
      a: found?.before.value ?? null,
      b: found?.after.value ?? null,
      difference,
      verdict: verdictOf(difference),
    };
  };
  return {
    balanced_accuracy: figure('balanced_accuracy'),
    accuracy: figure('accuracy'),
    auc: figure('auc'),
  };
}

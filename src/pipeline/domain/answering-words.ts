import type { AnsweringEvidence, Calibration } from './calibration.ts';
import type { Gate } from './gate.ts';
import type { Estimate } from './metrics.ts';

const percent = (share: number | null): string => (share === null ? 'not defined' : `${(100 * share).toFixed(1)} %`);

/** `0.151 [0.073, 0.247]` */
function estimateText({ value, low, high }: Estimate): string {
  if (value === null) return 'not defined';
  return low === null || high === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** When a model answers, asks for review or refuses, and what that rests on: one sentence a line. */
export function answeringLines(calibration: Calibration, gate: Gate | undefined, classes: readonly string[]): string[] {
  return [...calibrationLines(calibration, classes), ...gateLines(gate)];
}

function calibrationLines({ temperature, review_below, evidence }: Calibration, classes: readonly string[]): string[] {
  const threshold = `Answers below a probability of ${Number(review_below.toFixed(4))} are marked for review.`;
  if (evidence === null) {
    return [
      temperature === 1
        ? 'Temperature: not fitted, as there were no held-out patient groups or too few.'
        : `Temperature: ${temperature.toFixed(3)}.`,
      threshold,
    ];
  }
  const { images, groups, before, after } = evidence;
  return [
    temperature === 1
      ? `Temperature: 1.000, as no other one helped patient groups that it was not fitted on (${images} held-out images of ${groups} groups).`
      : `Temperature: ${temperature.toFixed(3)}, fitted on ${images} held-out images of ${groups} patient groups.`,
    `Calibration error (ECE): ${estimateText(before.ece)} before, ${estimateText(after.ece)} after; Brier score: ${estimateText(before.brier)} before, ${estimateText(after.brier)} after (temperature from other groups).`,
    `${threshold} ${chosenText(evidence)}`,
    conformalText(evidence.conformal, classes),
  ];
}

function chosenText({ answering: { by, target, reached, coverage, accuracy } }: AnsweringEvidence): string {
  const asked =
    by === 'probability'
      ? 'Set as a probability'
      : `Chosen for ${percent(target)} ${by === 'coverage' ? 'of images answered' : 'of answers right'}${reached ? '' : ', which no threshold reaches'}`;
  return `${asked}: ${percent(coverage)} of held-out images are answered, ${percent(accuracy)} of these answers are right.`;
}

function conformalText(conformal: AnsweringEvidence['conformal'], classes: readonly string[]): string {
  if (conformal === null) return 'Conformal sets: none, a class has fewer than two held-out patient groups.';
  const { error, promised, coverage } = conformal;
  const each = coverage.by_class.map((estimate, index) => `${classes[index]} ${estimateText(estimate)}`).join('; ');
  const fate = promised
    ? 'the others go to review.'
    : 'but a class has too few patient groups for a promise, and the sets decide nothing.';
  return `Conformal sets at ${percent(error)} error hold the true class in ${estimateText(coverage.overall)} of images of other groups (${each}); ${coverage.groups_within} of ${coverage.groups} groups reach it. ${percent(coverage.single)} of the sets are one class; ${fate}`;
}

function gateLines(gate: Gate | undefined): string[] {
  if (gate === undefined) return ['Out-of-distribution gate: none.'];
  const { refusals, limit, evidence } = gate;
  const tried = (kind: 'far' | 'near'): string =>
    evidence.trials
      .filter((trial) => trial.kind === kind)
      .map(({ name, refused, images }) => `${name} ${refused} of ${images}`)
      .join(', ');
  const seen = evidence.unseen
    ? ''
    : ' The backbone was trained on these images: more of unseen groups will be refused than was measured.';
  return [
    `Out-of-distribution gate: refuses pictures farther than ${limit.toPrecision(3)} from the ${evidence.images} images of ${evidence.groups} patient groups that it knows. Of groups left out it refused ${percent(evidence.refused)} of the images (${evidence.groups_above} of ${evidence.groups} groups above ${percent(refusals)}).${seen}`,
    `Refused when tried: ${tried('far')}.`,
    `Near cases refused; the others slip through: ${tried('near')}.`,
  ];
}

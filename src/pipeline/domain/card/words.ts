import type { Estimate } from '../metrics.ts';
import { testSetText } from '../test-set.ts';
import { failedParts } from '../trust.ts';
import type { CardFacts, CardFinding } from './facts.ts';

/** `Cyst: 120 images of 8 scans of 6 patient groups; …`. */
export function countsText({ classes, counts }: CardFacts): string {
  const lines = classes.map((name) => {
    const count = counts[name];
    return `${name}: ${count?.images ?? 0} images of ${count?.scans ?? 0} scans of ${count?.groups ?? 0} patient groups`;
  });
  return `${lines.join('; ')}.`;
}

export function splitText({ training, honesty }: CardFacts): string | null {
  if (training === null) return null;
  const { split, seed } = training.params;
  const how = `Split strategy ${split.strategy}, seed ${seed}, drawn at random among patient groups and stratified by class.`;
  return honesty === 'leaky' ? `${how} LEAKY: patients stand on both sides.` : how;
}

export function levelText({ training, honesty }: CardFacts): string | null {
  if (training === null) return null;
  if (honesty === 'leaky')
    return 'Not disjoint: images of one patient stand on both sides. Figures measure memory, not skill.';
  return 'Disjoint by patient group: scans that belong, or may belong, to one person are never on both sides. Groups are recovered from identifiers, file order and likeness; two scans of one person may still be apart.';
}

export function trainingText({ training }: CardFacts): string | null {
  if (training === null) return null;
  const { params, epochs } = training;
  const {
    preset,
    class_weights: weights,
    learning_rate: rate,
    batch_size: batch,
    l2,
    label_smoothing: smoothing,
  } = params.training;
  const head = `Preset ${preset}; ${epochs} epochs; head: Adam, learning rate ${rate}, batches of ${batch}, L2 ${l2}, class weights ${weights}, label smoothing ${smoothing}, dropout ${params.head.dropout}.`;
  if (preset === 'head') return head;
  const { blocks, epochs: most, learning_rate: fine, batch_size: small, mixup } = params.fine_tuning;
  const which = preset === 'all' ? 'every layer' : `the last ${blocks} blocks`;
  return `${head} Fine-tuned: ${which}, at most ${most} epochs, learning rate ${fine}, batches of ${small}, mixup ${mixup}; augmentation: ${augmentationText(params.augmentation)}.`;
}

function augmentationText(augmentation: Readonly<Record<string, unknown>>): string {
  return Object.entries(augmentation)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
    .join(', ');
}

export function selectionText({ training }: CardFacts): string | null {
  if (training === null) return null;
  const { protocol, folds, bestEpoch, params } = training;
  const { patience, metric } = params.training.early_stopping;
  if (protocol === 'cross-validated')
    return `Trained on all images for ${bestEpoch} epochs, the median of the best epochs of ${folds} grouped folds.`;
  return patience === 0
    ? `The epoch with the best ${metric} on the validation part (epoch ${bestEpoch}).`
    : `The epoch with the best ${metric} on the validation part (epoch ${bestEpoch}); training stops after ${patience} epochs without a gain.`;
}

export function answeringText({ calibration, gate }: CardFacts): string {
  const { temperature, review_below: reviewBelow, evidence } = calibration;
  const texts = [
    `One probability a class, logits divided by ${temperature.toFixed(3)}; below ${reviewBelow.toFixed(3)} an answer is marked for review.`,
  ];
  if (evidence !== null) {
    const { coverage, accuracy } = evidence.answering;
    const right = accuracy === null ? '' : `, ${percent(accuracy)} of them rightly`;
    texts.push(`Of held-out images ${percent(coverage)} were answered${right}.`);
  }
  if (gate !== null) texts.push('Images unlike the training data are refused by a gate that is sealed with the model.');
  return texts.join(' ');
}

/** Calibration on held-out groups, before and after. */
export function calibrationText({ calibration: { evidence } }: CardFacts): string | null {
  if (evidence === null) return null;
  const { before, after, conformal } = evidence;
  const fitted = `Calibration error on held-out patient groups ${estimate(before.ece)} before, ${estimate(after.ece)} after temperature scaling.`;
  if (conformal === null) return fitted;
  const { groups_within: within, groups, overall } = conformal.coverage;
  return `${fitted} Conformal sets made for ${percent(1 - conformal.error)} cover ${estimate(overall)}; ${within} of ${groups} patient groups at least so often.`;
}

/** What the gate refuses, and the near cases that slip through. */
export function gateText({ gate }: CardFacts): string | null {
  if (gate === null) return null;
  const { refused, groups, trials } = gate.evidence;
  const own =
    refused === null
      ? 'Too few patient groups to say how many unseen images of this kind it refuses.'
      : `Out-of-distribution gate: refuses ${percent(refused)} of images of unseen patient groups (${groups} groups).`;
  const tried = trials.map(({ name, kind, images, refused: count }) => `${name} (${kind}): ${count} of ${images}`);
  return tried.length === 0 ? own : `${own} Refused of what does not belong: ${tried.join('; ')}.`;
}

export function trustText({ trust }: CardFacts): string | null {
  if (trust === null) return null;
  const failed = failedParts(trust);
  const how = `Grad-CAM heat maps from the sealed weights; trust test on ${trust.pictures} pictures`;
  return failed.length === 0 ? `${how}: passed.` : `${how}: failed (${failed.join(', ')}). Heat maps are not shown.`;
}

/** The main figures, scans first. */
export function figuresText({ evaluation }: CardFacts): string | null {
  if (evaluation === null) return null;
  const { scan, slice, counts, part, test_set: testSet } = evaluation;
  const of = (level: typeof scan): string =>
    `balanced accuracy ${estimate(level.balanced_accuracy)}, accuracy ${estimate(level.accuracy)}, AUC ${estimate(level.auc)}`;
  return `${part}, ${counts.images} images of ${counts.scans} scans of ${counts.groups} patient groups. By scan: ${of(scan)}. By slice: ${of(slice)}.${testSet === undefined ? '' : ` ${testSetText(testSet)}`}`;
}

export function perClassText({ evaluation }: CardFacts): string | null {
  if (evaluation === null) return null;
  return Object.entries(evaluation.per_class)
    .map(
      ([name, each]) =>
        `${name} (${each.scans} scans): sensitivity ${estimate(each.scan.sensitivity)}, specificity ${estimate(each.scan.specificity)} by scan`,
    )
    .join('; ');
}

export function mistakesText({ evaluation }: CardFacts): string | null {
  if (evaluation === null) return null;
  const { labels, matrix } = evaluation.scan_confusion;
  const mistakes = labels.flatMap((truth, i) =>
    labels.flatMap((answer, j) => (i === j ? [] : [{ truth, answer, scans: matrix[i]?.[j] ?? 0 }])),
  );
  const most = mistakes
    .filter(({ scans }) => scans > 0)
    .sort((a, b) => b.scans - a.scans)
    .slice(0, 5);
  if (most.length === 0) return 'No scan was answered wrongly.';
  return `Scans answered wrongly: ${most.map(({ truth, answer, scans }) => `${truth} as ${answer} ${scans}`).join(', ')}.`;
}

/** Sentences of several examinations, joined; null when none was made. */
export function findingText(facts: CardFacts, ...kinds: readonly CardFinding[]): string | null {
  return joined(...kinds.map((kind) => facts.findings[kind] ?? null));
}

/** Texts one after the other; null when there is none. */
export function joined(...texts: readonly (string | null)[]): string | null {
  const present = texts.filter((text) => text !== null);
  return present.length === 0 ? null : present.join(' ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function estimate({ value, low, high }: Estimate): string {
  if (value === null) return 'not defined';
  if (low === null || high === null) return `${value.toFixed(3)} [no interval]`;
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

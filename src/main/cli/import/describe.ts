import {
  type ContractSearch,
  type NetworkFacts,
  rangeText,
  referenceTolerance,
} from '../../../pipeline/domain/import-network.ts';
import { trainedElsewhere } from '../../../pipeline/domain/sealed-model.ts';
import type { ImportOutcome } from '../../models/import-network.ts';
import { textTable } from '../../studies/text-table.ts';

const kindWords: Record<NetworkFacts['kind'], string> = {
  'keras-h5': 'Keras model (HDF5)',
  'tfjs-layers': 'tfjs layers-model',
  sealed: 'sealed model',
};

const endingWords = {
  softmax: '',
  sigmoid: ' (one sigmoid unit: class 1 is "no", class 2 is "yes")',
  logits: ' (its logits get a softmax)',
} as const;

/** What was recognised. */
export function factsText({ kind, layers, parameters, input, classifier, backbone }: NetworkFacts): string {
  const colour = input.channels === 1 ? 'grey' : 'three channels';
  return [
    `${kindWords[kind]}: ${layers} layers, ${parameters} parameters.`,
    `Input: ${input.size} x ${input.size}, ${colour}.`,
    classifier === null
      ? 'It does not end as a classifier.'
      : `As a classifier: ${classifier.classes} classes${endingWords[classifier.ending]}.`,
    backbone === null
      ? 'It has no feature map for a backbone.'
      : `As a backbone: ${backbone.channels} features from a map of ${backbone.side} x ${backbone.side}.`,
  ].join('\n');
}

export function importText({ facts, search, imported, backboneFolder }: ImportOutcome): string {
  const parts = [factsText(facts)];
  if (search !== null) parts.push(searchText(search));
  if (imported?.as === 'classifier') {
    parts.push(['Its contract:', ...imported.steps.map((step) => `- ${step}`)].join('\n'));
    parts.push(`${trainedElsewhere}\nseal     ${imported.seal}`);
  }
  if (imported?.as === 'backbone') {
    const lines = [
      `backbone:`,
      `  name: imported`,
      `  weights: ${backboneFolder}`,
      `  features: [top]`,
      `image:`,
      `  size: ${imported.size}`,
    ];
    parts.push(`Kept in ${backboneFolder}: ${imported.dimensions} features. In params.yaml:\n${lines.join('\n')}`);
  }
  return parts.join('\n\n');
}

function searchText({ tried, ways, isFound, missing, accuracy }: ContractSearch): string {
  const rows = tried.map((each) => [
    each.deviation.toExponential(2),
    `${(100 * each.agreement).toFixed(1)} %`,
    String(each.images),
    each.resize,
    each.rounding,
    rangeText(each.range),
    each.channels,
    each.classes.join(','),
  ]);
  const head = ['largest deviation', 'same class', 'images', 'resize', 'rounding', 'range', 'channels', 'classes'];
  const verdict = isFound
    ? `Found: the first way repeats the reference within ${referenceTolerance}.`
    : `Not found: no way repeats the reference within ${referenceTolerance}. Nothing was imported.`;
  const right =
    accuracy === null
      ? []
      : [`With the first way ${(100 * accuracy).toFixed(1)} % of the pictures get the class of the table.`];
  const gone = missing === 0 ? [] : [`${missing} rows of the table have no picture.`];
  return [`${ways} ways were tried, best first:`, textTable(head, rows), ...gone, ...right, verdict].join('\n');
}

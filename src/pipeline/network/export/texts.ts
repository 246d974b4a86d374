import { contractSteps } from '../../domain/contract-words.ts';
import { exportWords, type NetworkFormat } from '../../domain/export-model.ts';
import { notice } from '../../domain/outcome.ts';
import { type ModelCard, trainedElsewhere } from '../../domain/sealed-model.ts';
import { backbones } from '../backbones/index.ts';
import type { ExportFacts, NetworkExporter } from './format.ts';

/** README.txt of an export: what it is, how to load it, what goes in and what comes out. */
export function exportReadme(format: NetworkFormat, exporter: NetworkExporter, facts: ExportFacts): string {
  const { card, seal, contract, isCalibrated, codeVersion } = facts;
  const { classes, size, channels } = contract;
  const lines = [
    `${card.title}, exported for ${exportWords[format].title}`,
    '',
    notice,
    '',
    ...warnings(card),
    `Made by Hilum ${codeVersion} of the sealed model ${seal}.`,
    'A copy for other programs: it carries no seal, refuses no picture for its looks and asks for no review.',
    '',
    'HOW TO LOAD IT',
    ...exporter.howTo,
    '',
    'INPUT',
    `  input: float32 [batch, ${size}, ${size}, ${channels}] (rows, columns, channels), made of a picture in these steps:`,
    ...(format === 'onnx' && channels === 1
      ? [`  (model.onnx names it [batch, 1, ${size}, ${size}]: one plane.)`]
      : []),
    ...contractSteps(contract).map((step, index) => `  ${index + 1}. ${step}`),
    '  preprocess.py does exactly that: python preprocess.py picture.png input.npy (needs numpy and pillow)',
    '  (16-bit colour pictures are read as 8-bit by Pillow; a JPEG decoder may differ by one grey level.)',
    '',
    'OUTPUT',
    `  probabilities: float32 [batch, ${classes.length}], in this order:`,
    ...classes.map((name, index) => `  ${index}  ${name}`),
    isCalibrated
      ? '  They are calibrated: the temperature fitted to held-out images is part of the last layer.'
      : '  They were never compared with held-out images: read them as scores, not as probabilities.',
    '',
    'FILES',
    `  ${exporter.files.join(', ')}: the network`,
    '  contract.json, preprocess.py: the rules of the input, and a program that follows them',
    `  golden.json, golden/, golden.py, ${exporter.check.name}: synthetic inputs, the answers to them, and a check (exit 0: equal within 1e-4)`,
    '  card.md, card.json: what the model learned from, and how well it did',
    '  NOTICE.txt: whose work the weights are, and under which licence',
    '  export.json: which model this was made of',
    '',
    notice,
  ];
  return `${lines.join('\n')}\n`;
}

/** NOTICE.txt: whose work the weights are. @param licenceFile name of the licence text that goes along, if one does */
export function exportNotice(card: ModelCard, licenceFile: string | undefined): string {
  const backbone = backbones.find(({ id }) => id === card.backbone);
  const weights =
    backbone === undefined
      ? `The network "${card.backbone}" came with weights of the user: their licence is not known to this program.`
      : `The network below the last layers is ${backbone.title}. Licence of its pretrained weights: ${backbone.licence}.`;
  const text = licenceFile === undefined ? [] : [`The text of that licence is ${licenceFile}.`];
  const lines = [
    card.title,
    '',
    weights,
    ...text,
    'Weights that training changed are derived from them.',
    '',
    ...warnings(card),
    card.honesty === 'unknown' ? card.trained_on : `Trained on: ${card.trained_on}`,
    card.data_notice,
    '',
    'preprocess.py, golden.py and the check were written for Hilum and may be used under its licence (Apache-2.0).',
    '',
    notice,
  ];
  return `${lines.join('\n')}\n`;
}

/** What must be known before its figures are believed. */
function warnings({ honesty }: ModelCard): string[] {
  if (honesty === 'leaky') return ['Leaky split: the figures of its card measure memory, not skill.', ''];
  return honesty === 'unknown' ? [trainedElsewhere, ''] : [];
}

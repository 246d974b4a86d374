import { found, type ItemDefinition, known, ofPaper, saidBy } from './item.ts';
import {
  answeringText,
  calibrationText,
  countsText,
  figuresText,
  findingText,
  gateText,
  joined,
  levelText,
  mistakesText,
  perClassText,
  selectionText,
  splitText,
  trainingText,
  trustText,
} from './words.ts';

const evaluate = 'Run `hilum evaluate`.';

/** CLAIM, 2024 update (Tejani et al., Radiology: Artificial Intelligence 2024), 44 items in our words. */
export const claimItems: readonly ItemDefinition[] = [
  {
    number: 1,
    title: 'Kind of method',
    answer: known(
      ({ backbone }) => `Deep learning: a convolutional network (${backbone}) that classifies single images.`,
    ),
  },
  { number: 2, title: 'Structured summary', answer: ofPaper },
  { number: 3, title: 'Background, intended use and clinical role', answer: saidBy('intended_use') },
  { number: 4, title: 'Aims and hypotheses', answer: saidBy('objectives') },
  { number: 5, title: 'Prospective or retrospective', answer: saidBy('design') },
  { number: 6, title: 'Goal of the study', answer: saidBy('objectives') },
  { number: 7, title: 'Sources of data', answer: known(({ trainedOn }) => trainedOn, 'data_collection') },
  { number: 8, title: 'Inclusion and exclusion criteria', answer: saidBy('inclusion') },
  { number: 9, title: 'Preprocessing', answer: known(({ steps }) => (steps.length === 0 ? null : steps.join(' '))) },
  {
    number: 10,
    title: 'Selection of subsets of the data',
    answer: known(
      () =>
        'Every readable image that is no pixel copy of another is used; what was refused, and why, is in refused.csv and duplicates.csv of the study.',
    ),
  },
  { number: 11, title: 'De-identification', answer: saidBy('deidentification') },
  { number: 12, title: 'Missing data', answer: saidBy('missing_data') },
  { number: 13, title: 'Acquisition protocol', answer: saidBy('acquisition') },
  { number: 14, title: 'Reference standard', answer: saidBy('reference_standard') },
  { number: 15, title: 'Why this reference standard', answer: saidBy('reference_rationale') },
  { number: 16, title: 'Who annotated', answer: saidBy('readers') },
  { number: 17, title: 'Annotation of the test set', answer: saidBy('readers') },
  {
    number: 18,
    title: 'Agreement within and between readers',
    answer: saidBy('agreement'),
  },
  { number: 19, title: 'How data were divided', answer: known(splitText) },
  { number: 20, title: 'Level at which the parts are disjoint', answer: known(levelText) },
  { number: 21, title: 'Intended sample size', answer: saidBy('sample_size') },
  {
    number: 22,
    title: 'The model',
    answer: known(
      (facts) =>
        `Backbone ${facts.backbone}, pooled features, a linear or one-hidden-layer head with softmax over ${facts.classes.join(', ')}. ${answeringText(facts)}`,
    ),
  },
  {
    number: 23,
    title: 'Software',
    answer: known(
      ({ codeVersion }) => `Hilum ${codeVersion}: TensorFlow (tfjs-node) for training, ONNX Runtime for inference.`,
    ),
  },
  {
    number: 24,
    title: 'Initial parameters',
    answer: known(({ backbone, training }) =>
      training === null
        ? null
        : `${backbone}: ${training.params.backbone.weights === undefined ? 'ImageNet weights' : 'weights of the user'}; the head at random, seed ${training.params.seed}.`,
    ),
  },
  { number: 25, title: 'Training', answer: known(trainingText) },
  { number: 26, title: 'How the final model was chosen', answer: known(selectionText) },
  { number: 27, title: 'Ensembles', answer: known(() => 'None: one network.') },
  {
    number: 28,
    title: 'Measures of performance',
    answer: known(
      () =>
        'By scan first, then by slice: balanced accuracy, accuracy, macro F1, one-vs-rest AUC, log loss, Brier score, calibration error; sensitivity and specificity a class.',
    ),
  },
  {
    number: 29,
    title: 'Significance and uncertainty',
    answer: known(
      ({ evaluation }) =>
        `95 % percentile bootstrap over patient groups${evaluation === null ? '' : `, ${evaluation.resamples} resamples`}; McNemar's test and a paired bootstrap where two models are compared.`,
    ),
  },
  {
    number: 30,
    title: 'Robustness',
    answer: found(
      (facts) => joined(findingText(facts, 'validation', 'leak-meter', 'shortcuts'), gateText(facts)),
      'Run `hilum validate`.',
    ),
  },
  {
    number: 31,
    title: 'Explanations and their test',
    answer: found(trustText, 'Run `hilum models trust`.'),
  },
  { number: 32, title: 'Evaluation on internal data', answer: found(figuresText, evaluate) },
  { number: 33, title: 'Test on external data', answer: saidBy('external_test') },
  { number: 34, title: 'Trial registration', answer: saidBy('registration') },
  { number: 35, title: 'Numbers included and excluded', answer: known(countsText) },
  { number: 36, title: 'Who the patients were', answer: saidBy('demographics') },
  {
    number: 37,
    title: 'Performance with uncertainty',
    answer: found((facts) => joined(figuresText(facts), calibrationText(facts)), evaluate),
  },
  { number: 38, title: 'Diagnostic performance a class', answer: found(perClassText, evaluate) },
  { number: 39, title: 'Failures', answer: found(mistakesText, evaluate) },
  { number: 40, title: 'Limitations', answer: saidBy('limitations') },
  { number: 41, title: 'Implications for practice', answer: saidBy('implications') },
  { number: 42, title: 'Full protocol', answer: saidBy('protocol') },
  { number: 43, title: 'Availability of software, model and data', answer: saidBy('availability') },
  { number: 44, title: 'Funding', answer: saidBy('funding') },
];

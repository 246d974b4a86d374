import { found, type ItemDefinition, known, ofPaper, saidBy } from './item.ts';
import {
  answeringText,
  countsText,
  figuresText,
  findingText,
  joined,
  levelText,
  perClassText,
  selectionText,
  splitText,
  trainingText,
} from './words.ts';

const evaluate = 'Run `hilum evaluate`.';

/** TRIPOD+AI (Collins et al., BMJ 2024), 27 items in our words. */
export const tripodItems: readonly ItemDefinition[] = [
  { number: 1, title: 'Title', answer: ofPaper },
  { number: 2, title: 'Abstract', answer: ofPaper },
  { number: 3, title: 'Background: context, intended use, known inequalities', answer: saidBy('background') },
  { number: 4, title: 'Objectives', answer: saidBy('objectives') },
  { number: 5, title: 'Sources and dates of the data', answer: known(({ trainedOn }) => trainedOn, 'data_collection') },
  { number: 6, title: 'Participants: setting, eligibility, treatments', answer: saidBy('inclusion', 'treatments') },
  {
    number: 7,
    title: 'Preparation of the data',
    answer: known(({ steps }) =>
      steps.length === 0 ? null : `${steps.join(' ')} Equal for every image; sealed with the model.`,
    ),
  },
  { number: 8, title: 'Outcome and how it was assessed', answer: saidBy('reference_standard') },
  {
    number: 9,
    title: 'Predictors',
    answer: known(() => 'The pixels of one image, nothing else: no age, sex, or clinical data.'),
  },
  { number: 10, title: 'Sample size', answer: known(countsText, 'sample_size') },
  { number: 11, title: 'Missing data', answer: saidBy('missing_data') },
  {
    number: 12,
    title: 'Analysis: partition, training, measures',
    answer: known((facts) => joined(splitText(facts), trainingText(facts), selectionText(facts))),
  },
  {
    number: 13,
    title: 'Class imbalance',
    answer: known(({ training }) =>
      training === null
        ? null
        : `Class weights in the loss: ${training.params.training.class_weights}. Balanced accuracy is the main figure.`,
    ),
  },
  { number: 14, title: 'Fairness', answer: saidBy('fairness') },
  { number: 15, title: 'Output of the model', answer: known(answeringText) },
  { number: 16, title: 'Training against evaluation data', answer: known(levelText) },
  { number: 17, title: 'Ethics approval', answer: saidBy('ethics') },
  {
    number: 18,
    title: 'Open science: funding, interests, registration, sharing',
    answer: saidBy('availability', 'funding', 'conflicts', 'registration'),
  },
  { number: 19, title: 'Involvement of patients and public', answer: saidBy('involvement') },
  { number: 20, title: 'Participants of the study', answer: saidBy('demographics') },
  { number: 21, title: 'Numbers in each analysis', answer: known(countsText) },
  {
    number: 22,
    title: 'The full model',
    answer: known(
      () => 'Network, weights, preprocessing contract and a self-test lie in the sealed model, each with its hash.',
    ),
  },
  {
    number: 23,
    title: 'Performance with intervals, and how it varies',
    answer: found(
      (facts) => joined(figuresText(facts), perClassText(facts), findingText(facts, 'validation')),
      evaluate,
    ),
  },
  {
    number: 24,
    title: 'Updating of the model',
    answer: found((facts) => findingText(facts, 'duel'), 'Compare it with the model that it replaces: `hilum duel`.'),
  },
  { number: 25, title: 'Interpretation', answer: saidBy('implications') },
  { number: 26, title: 'Limitations', answer: saidBy('limitations') },
  {
    number: 27,
    title: 'Use in practice: poor input, user interaction, next steps',
    answer: known(
      ({ gate }) =>
        `Unreadable files are refused with a reason; unsure answers are marked for review.${gate === null ? '' : ' Images unlike the training data are refused.'} A reader accepts, corrects or refuses each answer.`,
      'implications',
    ),
  },
];

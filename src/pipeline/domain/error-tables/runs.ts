import { type Entry, entry, nearest } from './entry.ts';

/** What is recorded of runs and batches. */
export const runsErrors = {
  'batch/unknown': entry('configuration', (f) => `There is no batch ${f.batch} to resume.`),
  'batch/changed': entry(
    'configuration',
    (f) => `${f.what} is not the one this batch was started with. Start a new batch.`,
  ),
  'batch/source-lost': entry(
    'environment',
    (f) => `${f.count} files in a row could not be read: is the drive still connected? Run again with --resume.`,
  ),
  'batch/bad-shard': entry('configuration', () => 'A shard is written as i/n with 1 <= i <= n, for example 2/4.'),
  'run/unknown': entry('configuration', (f) => `There is no run "${f.run}".${nearest(f)}`),
  'duel/different-data': entry(
    'check',
    () =>
      'The two were measured on different datasets or label versions: a difference would say nothing. Train both on the labels as they are now, or compare the models on one folder with --on.',
  ),
  'duel/different-labels': entry(
    'check',
    (f) => `${f.images} image(s) have another label in the second than in the first. Evaluate both on the same labels.`,
  ),
  'duel/different-classes': entry('check', () => 'The two do not know the same classes. They cannot be compared.'),
  'duel/nothing-shared': entry(
    'check',
    () => 'The two were not asked about any image in common. Compare the models on one folder with --on.',
  ),
  'duel/itself': entry('configuration', () => 'Both sides are the same. Name two different runs or models.'),
  'finding/unknown': entry('configuration', (f) => `There is no recorded examination "${f.finding}".`),
  'run/changed': entry(
    'busy',
    () => 'The notes of this run were changed meanwhile by somebody else. Look at them, then save again.',
  ),
  'run/running': entry('busy', () => 'The run is still running. Cancel it or wait for its end first.'),
  'run/gone': entry('configuration', () => 'It is too late to take this back: the runs and their files are gone.'),
  'run/no-predictions': entry('configuration', () => 'This run kept no predictions: it was not evaluated.'),
  'review/bad-class': entry('configuration', (f) => `"${f.class}" is none of the classes here.${nearest(f)}`),
  'review/no-image': entry('configuration', () => 'This image is not in the batch (any more).'),
} as const satisfies Record<string, Entry>;

import type { ManifestRow, SplitRow } from '../domain/dataset.ts';
import { hasCode } from '../domain/errors.ts';
import {
  type LeakMeter,
  type LeakMeterInput,
  type LeakScore,
  leakMeterInputSchema,
  leakSplits,
  type SplitLeak,
} from '../domain/leak-meter.ts';
import { checkSplit } from '../files/index.ts';
import { stepProgress } from '../progress.ts';
import { readBaseModel } from './base-model.ts';
import type { StageContext } from './context.ts';
import { readManifestOf, readSplitOf } from './dataset-on-disk.ts';
import { extractFeatures } from './features.ts';
import { groupedFolds, sliceFolds } from './honesty/grouped-folds.ts';
import { headOverFolds, type Vectors } from './honesty/head-folds.ts';
import { type SliceScore, sliceScore } from './honesty/slice-score.ts';
import { thumbnailsOf } from './honesty/thumbnails.ts';
import { memorised } from './leak-meter/memoriser.ts';
import { gapOf, gapSentence, splitSentence } from './leak-meter/sentence.ts';
import type { Stage } from './stage.ts';
import { foldsOf, type StudyRow, studyRows } from './train/parts.ts';

/** How many of what leaks are called by name. */
const named = 10;

type Report = (step: string, done: number, total: number) => void;

/**
 * How much of a high score is memory: the same head, and a memoriser, over folds of random slices and over folds of patient
 * groups; and what stands on both sides of the split in use.
 * @throws HilumError `split/single-group`, `cancelled/by-user`; as `train` for dataset and base model
 */
export const leakMeter: Stage<LeakMeterInput> = {
  input: leakMeterInputSchema,
  async run(input, context): Promise<LeakMeter> {
    const { workspace, params } = input;
    const manifest = await readManifestOf(workspace);
    const base = await readBaseModel(workspace);
    const { folds } = params.validation;
    const grouped = studyRows(manifest, groupedFolds(manifest, params, folds, params.seed), base.contract);
    const used = foldsOf(grouped).length;
    const mixed = studyRows(manifest, sliceFolds(manifest, used, params.seed), base.contract);
    const progress = stepProgress(
      [
        { name: 'Extracting features', weight: 5 },
        { name: 'Scoring the model', weight: 4 },
        { name: 'Scoring a memoriser', weight: 2 },
        { name: 'Looking at the split in use', weight: 1 },
      ],
      context.report,
    );
    const values = await extractFeatures(workspace, base, manifest, context.signal, (done, total) =>
      progress.at('Extracting features', done, total),
    );
    const thumbnails = await thumbnailsOf(workspace, manifest, context.signal);
    const pictures = { vectors: { values, dimensions: base.dimensions }, thumbnails };
    const divided = { 'random-slices': mixed, 'patient-groups': grouped };
    const scored = await scoreAll(input, base.contract.classes, divided, pictures, context, progress.at);
    progress.at('Looking at the split in use', 0, 1);
    const split = await leakOfSplit(input, manifest, thumbnails);
    progress.at('Looking at the split in use', 1, 1);
    const scores = scored.map(({ score }) => score);
    return {
      ...{ folds: used, seed: params.seed, scores, split },
      counts: scored[0]?.counts ?? { images: 0, scans: 0, groups: 0 },
      chance: 1 / base.contract.classes.length,
      gap: gapOf(scores),
      sentence: gapSentence(scores),
      split_sentence: splitSentence(split),
    };
  },
};

interface Pictures {
  readonly vectors: Vectors;
  readonly thumbnails: ReadonlyMap<string, Float32Array>;
}

async function scoreAll(
  { params }: LeakMeterInput,
  classes: readonly string[],
  divided: Readonly<Record<(typeof leakSplits)[number], readonly StudyRow[]>>,
  { vectors, thumbnails }: Pictures,
  context: StageContext,
  report: Report,
): Promise<{ score: LeakScore; counts: SliceScore['counts'] }[]> {
  const found: { score: LeakScore; counts: SliceScore['counts'] }[] = [];
  for (const [at, split] of leakSplits.entries()) {
    const rows = divided[split];
    const fits = foldsOf(rows).length;
    const predictions = await headOverFolds(rows, vectors, classes.length, params, context, (done) =>
      report('Scoring the model', at * fits + done, leakSplits.length * fits),
    );
    found.push(entryOf('model', split, sliceScore(predictions, classes, params, honestyOf(split))));
  }
  for (const [at, split] of leakSplits.entries()) {
    const rows = divided[split];
    const answers = await memorised(rows, thumbnails, classes.length, context.signal, (done) =>
      report('Scoring a memoriser', at * rows.length + done, leakSplits.length * rows.length),
    );
    found.push(entryOf('memoriser', split, sliceScore(answers, classes, params, honestyOf(split))));
  }
  return found;
}

function entryOf(scorer: LeakScore['scorer'], split: LeakScore['split'], { counts, ...figures }: SliceScore) {
  return { score: { scorer, split, ...figures }, counts };
}

const honestyOf = (split: LeakScore['split']) => (split === 'random-slices' ? 'leaky' : 'grouped');

async function leakOfSplit(
  { workspace, params }: LeakMeterInput,
  manifest: readonly ManifestRow[],
  thumbnails: ReadonlyMap<string, Float32Array>,
): Promise<SplitLeak | null> {
  const split = await readSplitOf(workspace).catch((error: unknown): SplitRow[] | null => {
    if (hasCode(error, 'dataset/missing')) return null;
    throw error;
  });
  if (split === null) return null;
  const { sharedGroups, nearDuplicates } = checkSplit(manifest, split, {
    thumbnails,
    nearDuplicate: params.scans.near_duplicate,
  });
  return {
    groups: sharedGroups.length,
    pairs: nearDuplicates.length,
    named_groups: sharedGroups.slice(0, named),
    named_pairs: nearDuplicates.slice(0, named),
  };
}

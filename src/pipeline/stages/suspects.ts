import { writeFileAtomic } from '../disk/atomic.ts';
import { csvTable } from '../disk/csv.ts';
import type { DuplicateRow, ManifestRow } from '../domain/dataset.ts';
import { hasCode } from '../domain/errors.ts';
import {
  type SuspectRow,
  type SuspectsInput,
  type SuspectsReport,
  suspectColumns,
  suspectReasons,
  suspectsInputSchema,
} from '../domain/suspects.ts';
import { readDuplicates } from '../files/index.ts';
import { topClass } from '../metrics/index.ts';
import { stepProgress } from '../progress.ts';
import { throwIfCancelled } from './cancel.ts';
import { readManifestOf } from './dataset-on-disk.ts';
import { thumbnailsOf } from './honesty/thumbnails.ts';
import type { Stage } from './stage.ts';
import { type Contradiction, identicalPixels, similarPictures } from './suspects/contradictions.ts';
import { doubts } from './suspects/doubt.ts';
import { type HeldOut, heldOutAnswers } from './suspects/held-out.ts';
import { artifactPath } from './workspace-files.ts';

/**
 * Every image by how much its label is doubted → suspects.csv: pictures that stand under two classes first, then by the
 * loss of held-out answers. Nothing is relabelled.
 * @throws HilumError `dataset/missing`, `split/single-group`, `split/bad-rows`
 */
export const suspects: Stage<SuspectsInput> = {
  input: suspectsInputSchema,
  async run(input, context): Promise<SuspectsReport> {
    const progress = stepProgress(
      [
        { name: 'Extracting features', weight: 4 },
        { name: 'Training on folds', weight: 5 },
        { name: 'Comparing pictures', weight: 1 },
      ],
      context.report,
    );
    const manifest = await readManifestOf(input.workspace);
    const heldOut = await heldOutAnswers(input, manifest, context, progress.at);
    throwIfCancelled(context.signal);
    progress.at('Comparing pictures', 0, 1);
    const contradictions = await contradictionsIn(input, manifest, context.signal);
    const rows = rankedRows(manifest, heldOut, contradictions);
    await writeFileAtomic(
      artifactPath(input.workspace, 'suspects'),
      csvTable(
        suspectColumns,
        rows.map((row) => suspectColumns.map((column) => row[column])),
      ),
    );
    progress.at('Comparing pictures', 1, 1);
    return { ...reportOf(rows, heldOut), agreement: agreementOf(manifest, heldOut) };
  },
};

async function contradictionsIn(
  { workspace, params }: SuspectsInput,
  manifest: readonly ManifestRow[],
  signal: AbortSignal,
): Promise<Map<string, Contradiction>> {
  const thumbnails = await thumbnailsOf(workspace, manifest, signal);
  const near = similarPictures(manifest, thumbnails, params.scans);
  const identical = identicalPixels(manifest, await duplicatesOf(workspace));
  return new Map([...near, ...identical].map((each) => [each.image, each]));
}

/** A manifest made by hand has no table of duplicates. */
async function duplicatesOf(workspace: SuspectsInput['workspace']): Promise<DuplicateRow[]> {
  try {
    return await readDuplicates(artifactPath(workspace, 'duplicates'));
  } catch (error) {
    if (hasCode(error, 'dataset/missing')) return [];
    throw error;
  }
}

/** All images, the most suspect first. */
function rankedRows(
  manifest: readonly ManifestRow[],
  { classes, repeats }: HeldOut,
  contradictions: ReadonlyMap<string, Contradiction>,
): SuspectRow[] {
  const judged = manifest.map((row, i) => ({
    truth: classes.indexOf(row.class),
    answers: repeats.map((answers) => answers[i]?.probabilities ?? []),
  }));
  const found = doubts(judged, classes.length);
  const ranked = manifest.flatMap((row, i) => {
    const doubt = found[i];
    if (doubt === undefined) return [];
    const against = contradictions.get(row.image);
    const named: SuspectRow = {
      image: row.image,
      class: row.class,
      suggested: against?.suggested ?? classes[doubt.suggested] ?? '',
      score: doubt.score,
      reason: against?.reason ?? 'disagrees',
      likely: doubt.likely ? 'yes' : 'no',
      probability: doubt.probabilities[classes.indexOf(row.class)] ?? 0,
      other: against?.other ?? '',
      pixel_hash: row.pixel_hash,
    };
    return [{ named, weight: against?.weight ?? 0 }];
  });
  const place = ({ reason }: SuspectRow): number => suspectReasons.indexOf(reason);
  return ranked
    .sort((a, b) => place(a.named) - place(b.named) || b.weight - a.weight || b.named.score - a.named.score)
    .map(({ named }) => named);
}

/** Mean over the repeats. */
function agreementOf(manifest: readonly ManifestRow[], { classes, repeats }: HeldOut): number {
  const agreed = repeats.map(
    (answers) =>
      answers.filter(({ probabilities }, i) => classes[topClass(probabilities)] === manifest[i]?.class).length,
  );
  return agreed.reduce((sum, each) => sum + each, 0) / (repeats.length * manifest.length);
}

function reportOf(rows: readonly SuspectRow[], { from, folds, repeats }: HeldOut): Omit<SuspectsReport, 'agreement'> {
  const withReason = (reason: SuspectRow['reason']): number => rows.filter((row) => row.reason === reason).length;
  const likely = rows.filter((row) => row.likely === 'yes');
  const classes = [...Map.groupBy(rows, (row) => row.class)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    images: rows.length,
    likely: likely.length,
    identical: withReason('identical-pixels'),
    near_duplicates: withReason('near-duplicate'),
    neighbours: withReason('neighbours'),
    from,
    repeats: repeats.length,
    folds,
    classes: Object.fromEntries(
      classes.map(([name, own]) => [
        name,
        { images: own.length, likely: likely.filter((row) => row.class === name).length },
      ]),
    ),
  };
}

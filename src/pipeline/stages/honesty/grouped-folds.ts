import type { ManifestRow, SplitRow } from '../../domain/dataset.ts';
import { byCodePoint } from '../../domain/names.ts';
import type { Params } from '../../domain/params.ts';
import { randomFrom } from '../../domain/random.ts';
import { splitByGroup } from '../../files/index.ts';

/**
 * Grouped, class-stratified folds over the whole dataset, whatever split.csv says.
 * @throws HilumError `split/single-group` when a class stands in fewer than two patient groups
 */
export function groupedFolds(
  manifest: readonly ManifestRow[],
  params: Params,
  folds: number,
  seed: number,
): SplitRow[] {
  return splitByGroup(manifest, { ...params.split, strategy: 'k-fold', folds }, seed);
}

/** As many folds drawn from single images, stratified by class: neighbouring slices land on both sides. */
export function sliceFolds(manifest: readonly ManifestRow[], folds: number, seed: number): SplitRow[] {
  const random = randomFrom('slice folds', seed);
  const partOf = new Map<string, string>();
  let next = 0;
  const byClass = Map.groupBy(
    manifest.toSorted((a, b) => byCodePoint(a.image, b.image)),
    (row) => row.class,
  );
  for (const name of [...byClass.keys()].sort(byCodePoint)) {
    for (const row of random.shuffled(byClass.get(name) ?? [])) partOf.set(row.image, String((next++ % folds) + 1));
  }
  return manifest.map(({ image }) => ({ image, part: partOf.get(image) ?? '1' }));
}

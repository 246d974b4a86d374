import type { ManifestRow } from '../../domain/dataset.ts';
import { byCodePoint } from '../../domain/names.ts';
import { randomFrom } from '../../domain/random.ts';

/**
 * The same images with labels drawn anew: patient groups swap their classes (of a group with several, the one with most
 * images), so that there are as many groups of each class as before and the slices of a patient still agree.
 */
export function shuffleLabels(manifest: readonly ManifestRow[], seed: number): ManifestRow[] {
  const byGroup = Map.groupBy(manifest, (row) => row.group);
  const groups = [...byGroup.keys()].sort(byCodePoint);
  const classes = groups.map((group) => mainClass(byGroup.get(group) ?? []));
  const swapped = randomFrom('shuffled labels', seed).shuffled(classes);
  const classOf = new Map(groups.map((group, at) => [group, swapped[at] ?? '']));
  return manifest.map((row) => ({ ...row, class: classOf.get(row.group) ?? row.class }));
}

function mainClass(rows: readonly ManifestRow[]): string {
  const counts = [...Map.groupBy(rows, (row) => row.class)].map(([name, own]) => ({ name, images: own.length }));
  counts.sort((a, b) => b.images - a.images || byCodePoint(a.name, b.name));
  return counts[0]?.name ?? '';
}

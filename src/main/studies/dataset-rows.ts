import type { ManifestRow } from '../../pipeline/domain/dataset.ts';
import { byCodePoint } from '../../pipeline/domain/names.ts';
import type { WorkspacePaths } from '../../pipeline/domain/stage-inputs.ts';
import { frequencies } from './dataset-counts.ts';
import { datasetTables, requireManifest } from './dataset-tables.ts';

export interface ImageFilter {
  readonly class?: string | undefined;
  readonly scan?: string | undefined;
  readonly group?: string | undefined;
  /** train, validation, test, or the number of a fold. */
  readonly part?: string | undefined;
}

export type PlacedImage = ManifestRow & { readonly part: string | null };

/** Images of the dataset with their part, in the manifest's order. @throws HilumError `dataset/missing`, `table/…` */
export async function imagesOf(paths: WorkspacePaths, filter: ImageFilter): Promise<PlacedImage[]> {
  const manifest = await requireManifest(paths);
  const partOf = new Map((await datasetTables(paths).split())?.map(({ image, part }) => [image, part]));
  const fits = (wanted: string | undefined, actual: string | undefined): boolean =>
    wanted === undefined || wanted === actual;
  return manifest
    .filter(
      (row) =>
        fits(filter.class, row.class) &&
        fits(filter.scan, row.scan) &&
        fits(filter.group, row.group) &&
        fits(filter.part, partOf.get(row.image)),
    )
    .map((row) => ({ ...row, part: partOf.get(row.image) ?? null }));
}

export interface GroupView {
  readonly group: string;
  readonly images: number;
  /** `class`: the one of most of its images. */
  readonly scans: { scan: string; class: string; images: number }[];
}

/** Patient groups with their scans, both by name. @throws HilumError `dataset/missing`, `table/…` */
export async function groupsOf(paths: WorkspacePaths): Promise<GroupView[]> {
  const groups = Map.groupBy(await requireManifest(paths), (row) => row.group);
  return [...groups]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([group, rows]) => ({ group, images: rows.length, scans: scansOf(rows) }));
}

function scansOf(rows: readonly ManifestRow[]): GroupView['scans'] {
  return [...Map.groupBy(rows, (row) => row.scan)]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([scan, own]) => {
      const [most] = frequencies(own.map((row) => row.class));
      return { scan, class: most?.[0] ?? '', images: own.length };
    });
}

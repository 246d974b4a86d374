import type { ManifestRow } from '../../../pipeline/domain/dataset.ts';
import { type ChangeKind, changeKinds, type DataDiff, type RowChange } from './diff.ts';

export const changeColumns = ['change', 'image', 'from', 'to'] as const;

/** One difference of one image; an image that was moved and relabelled has two. */
export interface ChangeLine {
  readonly change: 'added' | 'removed' | ChangeKind;
  /** Its name after; of a removed one its name before. */
  readonly image: string;
  readonly from: string;
  readonly to: string;
}

const shownOf: Readonly<Record<ChangeKind, (row: ManifestRow) => string>> = {
  moved: (row) => row.image,
  replaced: (row) => row.pixel_hash.slice(0, 12),
  relabelled: (row) => row.class,
  regrouped: (row) => row.group,
  rescanned: (row) => row.scan,
};

const kinds = ['relabelled', 'regrouped', 'rescanned', 'moved', 'replaced'] as const satisfies readonly ChangeKind[];

/** Every difference: added, removed, then by kind. */
export function changeLines({ added, removed, changes }: DataDiff): ChangeLine[] {
  return [
    ...added.map((row): ChangeLine => ({ change: 'added', image: row.image, from: '', to: row.class })),
    ...removed.map((row): ChangeLine => ({ change: 'removed', image: row.image, from: row.class, to: '' })),
    ...kinds.flatMap((kind) => changes.filter(changeKinds[kind]).map((change) => lineOf(kind, change))),
  ];
}

function lineOf(kind: ChangeKind, { before, after }: RowChange): ChangeLine {
  return { change: kind, image: after.image, from: shownOf[kind](before), to: shownOf[kind](after) };
}

import { useMemo } from 'react';
import type { ImageRef } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ThumbnailGrid } from '../../../components/image-view/thumbnail-grid.tsx';
import { formatPercent, plural } from '../../../format/numbers.ts';
import { usePref } from '../../../stores/prefs.ts';
import type { CellImages, CellRow } from './use-cell-images.ts';

interface CellGridProps {
  readonly rows: readonly CellRow[];
  readonly truth: string;
  readonly images: CellImages;
  readonly selected: number;
  onSelect(index: number): void;
}

/** Small pictures, with how sure the answer was and which class they have by now. */
export function CellGrid({ rows, truth, images: { total, loading, more }, selected, onSelect }: CellGridProps) {
  const showNames = usePref('showFileNames');
  const refs = useMemo(() => rows.map(({ image, ref }): ImageRef => ref ?? { of: 'dataset', image }), [rows]);
  const labels = useMemo(
    () =>
      rows.map((row, index) => ({
        text: showNames ? row.image : `Image ${index + 1}`,
        below: <Below row={row} truth={truth} />,
      })),
    [rows, showNames, truth],
  );
  const left = (total ?? rows.length) - rows.length;
  return (
    <div className="h-cell-list">
      <ThumbnailGrid
        label="Images of this cell"
        images={refs}
        labels={labels}
        selected={selected}
        onSelect={onSelect}
        onOpen={(index) => {
          onSelect(index);
          document.querySelector<HTMLElement>('.h-image-pane')?.focus();
        }}
      />
      {left <= 0 ? null : (
        <Button busy={loading} onClick={more}>
          {plural(left, 'more image')}
        </Button>
      )}
    </div>
  );
}

function Below({ row: { probabilities, classNow }, truth }: { readonly row: CellRow; readonly truth: string }) {
  return (
    <span className="h-cell-below">
      <span className="h-num">{formatPercent(Math.max(...probabilities))}</span>
      {classNow === truth ? null : (
        <strong className="h-cut">{classNow === null ? 'no longer there' : `now ${classNow}`}</strong>
      )}
    </span>
  );
}

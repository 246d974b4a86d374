import { ImageOff } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { DatasetImage } from '../../../api.ts';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { ThumbnailGrid, type ThumbnailLabel } from '../../../components/image-view/thumbnail-grid.tsx';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { navigate, pathOf, useRoute } from '../../../stores/route.ts';
import type { Split } from '../types.ts';
import { scanAround } from './by-scan.ts';
import { filterIn, type ImageFilter, withFilter } from './filter.ts';
import { ImageDetail, refOf } from './image-detail.tsx';
import { ImageFilters } from './image-filters.tsx';
import { useImages } from './use-images.ts';

interface ImagesTabProps {
  readonly classes: readonly string[];
  readonly split: Split | null;
}

/** Every image as a thumbnail, scan by scan; one of them large beside what the network sees. */
export function ImagesTab({ classes, split }: ImagesTabProps) {
  const { query } = useRoute();
  const filter = filterIn(query);
  const { images, count, total, error, patch, retry } = useImages(filter);
  const index = useChosen(images, query.image);
  const go = (next: ImageFilter, image: string | undefined): void =>
    navigate(pathOf('data', ['images'], { ...next, image }), { replace: true });
  const [mark, setMark] = useState<number | null>(null);
  const choose = (at: number): void => {
    setMark(at);
    go(filter, images[at]?.image);
  };
  const close = (): void => {
    go(filter, undefined);
    // The grid is another element by then.
    setTimeout(() => document.querySelector<HTMLElement>('.h-thumbs')?.focus());
  };
  const grid = <Grid images={images} selected={index ?? mark} onSelect={choose} />;
  const image = index === null ? undefined : images[index];
  return (
    <div className="h-data-images">
      <ImageFilters
        filter={filter}
        classes={classes}
        parts={split?.parts.map(({ part }) => part) ?? []}
        loaded={count}
        total={total}
        onFilter={(next) => {
          setMark(null);
          go(next, undefined);
        }}
      />
      {error === undefined ? null : <ErrorNotice error={error} onRetry={retry} />}
      {total === undefined && error === undefined ? <Loading rows={6} /> : null}
      {total === 0 ? <EmptyState icon={ImageOff} title="No image fits" text="Take a filter away." /> : null}
      {image === undefined || index === null ? (
        grid
      ) : (
        <SplitPane
          id="data-images"
          label="Width of the thumbnails"
          initial={32}
          minFirst={16}
          minSecond={45}
          first={grid}
          second={
            <ImageDetail
              {...{ images, index, image, classes, patch }}
              onIndex={choose}
              onFilter={(key, value) => go(withFilter(filter, key, value), image.image)}
              onClose={close}
            />
          }
        />
      )}
    </div>
  );
}

/**
 * Index of the image that the address names. One that left the list gives its place to the next; where its whole scan left,
 * to the scan after it.
 */
function useChosen(images: readonly DatasetImage[], name: string | undefined): number | null {
  const last = useRef({ index: 0, first: 0, scan: '' });
  if (name === undefined || images.length === 0) return null;
  const found = images.findIndex(({ image }) => image === name);
  if (found >= 0) {
    last.current = { index: found, first: scanAround(images, found).first, scan: images[found]?.scan ?? '' };
    return found;
  }
  const { index, first, scan } = last.current;
  return Math.min(images.some((each) => each.scan === scan) ? index : first, images.length - 1);
}

interface GridProps {
  readonly images: readonly DatasetImage[];
  readonly selected: number | null;
  onSelect(index: number): void;
}

function Grid({ images, selected, onSelect }: GridProps) {
  const refs = useMemo(() => images.map(refOf), [images]);
  const labelAt = useCallback(
    (image: DatasetImage, index: number): ThumbnailLabel => {
      const { first, last } = scanAround(images, index);
      return {
        text: `${image.scan}  ${index - first + 1}/${last - first + 1}`,
        // No colour beside the images.
        below: image.class,
      };
    },
    [images],
  );
  const labels = useMemo(() => images.map(labelAt), [images, labelAt]);
  if (images.length === 0) return null;
  return (
    <ThumbnailGrid
      label="Images of the dataset"
      images={refs}
      labels={labels}
      selected={selected}
      onSelect={onSelect}
      onOpen={onSelect}
    />
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { call, type ImageRef, usePush } from '../../api.ts';
import { classes } from '../class-names.ts';
import { gridMove } from './grid-move.ts';
import { imageKey } from './image-key.ts';
import { Thumbnail } from './thumbnail.tsx';
import { ThumbnailLoader } from './thumbnail-loader.ts';
import { useGridColumns } from './use-grid-columns.ts';
import './thumbnail-grid.css';

export interface ThumbnailLabel {
  /** Under the picture, and the name of the cell. */
  readonly text: string;
  /** Below it: a class, a mark. */
  readonly below?: ReactNode;
}

interface ThumbnailGridProps {
  /** Name of the grid. */
  readonly label: string;
  readonly images: readonly ImageRef[];
  readonly labels: readonly ThumbnailLabel[];
  /** Index of the chosen one. */
  readonly selected: number | null;
  onSelect(index: number): void;
  /** Enter and double click. */
  onOpen?(index: number): void;
  /** Pixels of a picture's side. */
  readonly side?: number;
}

const loader = new ThumbnailLoader((images) => call('images/thumbnails', { images }));
const paddingPx = 8;
const textPx = 44;

/** Any number of small pictures, of which only those in sight are there. Arrow keys move, Enter opens. */
export function ThumbnailGrid(props: ThumbnailGridProps) {
  const { label, images, labels, selected, onSelect, onOpen, side = 112 } = props;
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const cellWidth = side + 2 * paddingPx;
  const columns = useGridColumns(frame, cellWidth);
  const virtualizer = useVirtualizer({
    count: Math.ceil(images.length / columns),
    getScrollElement: () => frame.current,
    estimateSize: () => side + textPx + 2 * paddingPx,
    overscan: 2,
  });
  const lines = virtualizer.getVirtualItems();
  const inSight = lines.flatMap(({ index }) => images.slice(index * columns, (index + 1) * columns));
  useThumbnails(inSight);
  useEffect(() => {
    if (selected !== null) virtualizer.scrollToIndex(Math.floor(selected / columns), { align: 'auto' });
  }, [selected, columns, virtualizer]);
  const press = (event: KeyboardEvent): void => {
    const next = gridMove(event.key, selected ?? 0, images.length, columns);
    if (next !== undefined && images.length > 0) onSelect(next);
    else if (event.key === 'Enter' && selected !== null && onOpen !== undefined) onOpen(selected);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={frame}
      className="h-thumbs"
      role="listbox"
      aria-label={label}
      aria-activedescendant={selected === null ? undefined : `${id}${selected}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className="h-thumbs-all" style={{ height: virtualizer.getTotalSize() }}>
        {lines.map(({ index: line, start }) => (
          <div key={line} className="h-thumbs-line" style={{ transform: `translateY(${start}px)` }} role="presentation">
            {images.slice(line * columns, (line + 1) * columns).map((image, at) => {
              const index = line * columns + at;
              return (
                <Cell
                  key={imageKey(image)}
                  {...{ id: `${id}${index}`, index, image, cellWidth, side, onSelect, onOpen }}
                  count={images.length}
                  chosen={index === selected}
                  label={labels[index]}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function useThumbnails(images: readonly ImageRef[]): void {
  useSyncExternalStore(loader.subscribe, loader.changes);
  const asked = images.map(imageKey).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the references are compared by their text
  useEffect(() => loader.want(images), [asked]);
  usePush((push) => {
    if (push.topic === 'changed' && (push.what === 'workspace' || push.what === 'dataset')) loader.forget();
  });
}

interface CellProps {
  readonly id: string;
  readonly index: number;
  readonly count: number;
  readonly image: ImageRef;
  readonly cellWidth: number;
  readonly side: number;
  readonly chosen: boolean;
  readonly label: ThumbnailLabel | undefined;
  onSelect(index: number): void;
  readonly onOpen: ((index: number) => void) | undefined;
}

function Cell({ id, index, count, image, cellWidth, side, chosen, label, onSelect, onOpen }: CellProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus, its keys choose and open
    <div
      id={id}
      className={classes('h-thumb', chosen && 'h-thumb-chosen')}
      style={{ width: cellWidth }}
      role="option"
      aria-selected={chosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={-1}
      onClick={() => onSelect(index)}
      onDoubleClick={() => onOpen?.(index)}
    >
      <div className="h-thumb-frame" style={{ width: side, height: side }}>
        <Thumbnail picture={loader.get(image)} />
      </div>
      <div className="h-thumb-text h-cut" title={label?.text}>
        {label?.text}
      </div>
      <div className="h-thumb-text">{label?.below}</div>
    </div>
  );
}

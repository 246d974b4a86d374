import { ChevronDown, ChevronRight, ImageIcon } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Row } from '../../../api.ts';
import { classes as names } from '../../../components/class-names.ts';
import { Button } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { type ImageOverlay, ImageView } from '../../../components/image-view/image-view.tsx';
import { aheadOf } from '../../../components/image-view/step.ts';
import { formatPercent } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { useBatchSession } from '../batch/batch-session.ts';
import type { ListingProps } from '../filter/filter-bar.tsx';
import { type ModelName, ReviewPanel } from '../review/review-panel.tsx';
import type { Spot } from '../selection/spot.ts';
import { NeighboursPanel } from './neighbours-panel.tsx';
import { PositionStrip } from './position-strip.tsx';
import { ReasonNote } from './reason-note.tsx';
import { useScanImages } from './use-scan-images.ts';
import { useSoleFocus } from './use-sole-focus.ts';
import { refOf, useSteps } from './use-steps.ts';
import './image-pane.css';

interface ImagePaneProps extends ListingProps {
  readonly classes: readonly string[];
  readonly model: ModelName;
}

/** The chosen image, what the model says of it, and what the reader says. */
export const ImagePane = memo(function ImagePane(props: ImagePaneProps) {
  const { selection } = useBatchSession();
  const { spot, row } = useStore(selection.store);
  if (spot === null) {
    return <EmptyState icon={ImageIcon} title="No image is chosen" text="Choose a row of the table." />;
  }
  return <Shown {...props} spot={spot} row={row} />;
});

interface ShownProps extends ImagePaneProps {
  readonly spot: Spot;
  readonly row: Row | undefined;
}

function Shown({ spot, row, classes, model, listing, onListing }: ShownProps) {
  const session = useBatchSession();
  const pane = useRef<HTMLDivElement>(null);
  const [full, setFull] = useState(false);
  const [near, setNear] = useState(false);
  const scan = useScanImages(session.batch, spot);
  const { onStep, toIndex } = useSteps(scan, { listing, onListing });
  const isBackwards = useDirection(scan.index);
  useSoleFocus(pane, full);
  useKeys([
    { keys: 'Escape', title: 'Back to the table', group: 'Image', enabled: full, run: () => setFull(false) },
    { keys: 'n', title: 'Nearest training cases', group: 'Image', run: () => setNear(!near) },
  ]);
  useEffect(() => {
    session.focusImage.current = () => pane.current?.querySelector<HTMLElement>('.h-image-pane')?.focus();
  }, [session]);
  const overlay = overlayOf(row, scan);
  const note = row === undefined || row.reason === null ? undefined : <ReasonNote row={row} />;
  const ahead = aheadOf(scan.images ?? [], scan.index, isBackwards).map((image) => refOf(session.batch, image));
  const strip =
    scan.images === undefined || scan.images.length < 2 ? null : (
      <PositionStrip images={scan.images} index={scan.index} classes={classes} onIndex={toIndex} onStep={onStep} />
    );
  return (
    <div ref={pane} className={names('h-framed h-classify-pane', full && 'h-classify-full')}>
      <ImageView
        image={refOf(session.batch, spot)}
        label={labelOf(row, overlay)}
        series={scan.series}
        overlay={overlay}
        ahead={ahead}
        onStep={onStep}
        fullScreen={full}
        onFullScreen={() => setFull((before) => !before)}
        side={strip}
        note={note}
        failed={row?.state === 'refused' ? note : undefined}
      />
      <NearToggle open={near} onOpen={setNear} />
      {near ? <NeighboursPanel image={refOf(session.batch, spot)} /> : null}
      <ReviewPanel row={row} classes={classes} model={model} />
    </div>
  );
}

function NearToggle({ open, onOpen }: { readonly open: boolean; onOpen(open: boolean): void }) {
  return (
    <div className="h-classify-near">
      <Button
        kind="quiet"
        icon={open ? ChevronDown : ChevronRight}
        keyHint="n"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        Nearest training cases
      </Button>
    </div>
  );
}

/** Whether the reader goes up through the scan. */
function useDirection(index: number): boolean {
  const [last, setLast] = useState({ index, backwards: false });
  if (last.index !== index) setLast({ index, backwards: index >= 0 && index < last.index });
  return last.backwards;
}

function overlayOf(row: Row | undefined, { images, index }: ReturnType<typeof useScanImages>): ImageOverlay {
  const position = images === undefined ? undefined : `Image ${index + 1} of ${images.length}`;
  if (row === undefined) return { position };
  const { state, class: answer, probability } = row;
  const text = answer === null ? 'AI: refused' : `AI: ${answer} ${formatPercent(probability)}`;
  return { position, file: row.image, answer: state === 'review' ? `${text}, to review` : text };
}

function labelOf(row: Row | undefined, { position, answer }: ImageOverlay): string {
  const read = row?.review === null || row === undefined ? '' : ', read';
  return [position ?? 'Image', answer].filter((part) => part !== undefined).join(', ') + read;
}

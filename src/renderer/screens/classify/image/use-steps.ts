import { call, type ImageRef, useAction } from '../../../api.ts';
import { type Step, stepped } from '../../../components/image-view/step.ts';
import { notify } from '../../../stores/notices.ts';
import { useBatchSession } from '../batch/batch-session.ts';
import type { ListingProps } from '../filter/filter-bar.tsx';
import { type Direction, rowOfOtherScan, scanBeside } from '../selection/other-scan.ts';
import type { Spot } from '../selection/spot.ts';
import type { ScanImages } from './use-scan-images.ts';

export function refOf(batch: string, { item, frame }: Spot): ImageRef {
  return { of: 'batch', batch, item, frame };
}

/** Steps within the scan of the image in sight, and from scan to scan. */
export function useSteps({ images, index }: ScanImages, { listing, onListing }: ListingProps) {
  const { batch, selection } = useBatchSession();
  const otherScan = useAction(async (direction: Direction) => {
    const { spot, row, index: at } = selection.store.getState();
    if (spot === null) return;
    if (listing.view === 'scans' || listing.filter.scan !== undefined) {
      const beside = await scanBeside(batch, row?.scan ?? listing.filter.scan ?? '', direction, call);
      if (beside === undefined) return void notify({ text: noMore(direction) });
      selection.go({ item: beside.key.item, frame: beside.key.frame });
      if (listing.view === 'images') onListing({ ...listing, filter: { ...listing.filter, scan: beside.scan } });
      return;
    }
    const from = { scan: row?.scan ?? '', index: at ?? -1 };
    const found = await rowOfOtherScan({ batch, listing }, from, direction, call);
    if (found === undefined) notify({ text: noMore(direction) });
    else selection.choose(found.row, found.index);
  });
  const toIndex = (at: number): void => {
    const image = images?.[at];
    if (image !== undefined) selection.go({ item: image.item, frame: image.frame });
  };
  const onStep = (step: Step): void => {
    if (step === 'next-scan') void otherScan.run(1);
    else if (step === 'previous-scan') void otherScan.run(-1);
    else if (images !== undefined) toIndex(stepped(index, images.length, step));
  };
  return { onStep, toIndex };
}

function noMore(direction: Direction): string {
  return direction === 1 ? 'This is the last scan of the list.' : 'This is the first scan of the list.';
}

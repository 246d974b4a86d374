import { useState } from 'react';
import { type Output, useCall } from '../../../api.ts';
import { useBatchPulse } from '../batch/use-batch-pulse.ts';
import { type Spot, sameSpot, spotKey } from '../selection/spot.ts';

export interface ScanImages {
  /** undefined while it is asked for. */
  readonly images: Output<'batches/neighbours'>['images'] | undefined;
  /** Place of the image among them; -1: not there. */
  readonly index: number;
  /** The same text for all images of one scan. */
  readonly series: string;
}

/** The scan of an image. It is asked for once a scan, not once an image. */
export function useScanImages(batch: string, spot: Spot): ScanImages {
  const [anchor, setAnchor] = useState(spot);
  const { value, reload } = useCall('batches/neighbours', { batch, ...anchor }, { keep: false });
  useBatchPulse(batch, reload);
  const index = value?.images.findIndex((image) => sameSpot(image, spot)) ?? -1;
  const first = value?.images[0];
  if (index < 0 && first !== undefined && !sameSpot(anchor, spot)) setAnchor(spot);
  if (value === undefined || index < 0 || first === undefined) {
    return { images: undefined, index: -1, series: spotKey(spot) };
  }
  return { images: value.images, index, series: value.scan === '' ? spotKey(first) : value.scan };
}

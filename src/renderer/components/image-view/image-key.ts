import type { ImageRef } from '../../../main/ipc/contract.ts';

/** One text for one image, for caches and lists. */
export function imageKey(image: ImageRef): string {
  return image.of === 'batch' ? `batch ${image.batch} ${image.item} ${image.frame}` : `dataset ${image.image}`;
}

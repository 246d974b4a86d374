import type { Contract } from '../../domain/contract.ts';
import type { Rectangle } from '../../domain/heat-map.ts';
import { type Picture, spansOf } from '../../images/index.ts';

/** Where the network's input lies on a picture, crop, padding and resize undone. In pixels. */
export function placeOnPicture(picture: Picture, contract: Contract): { plane: Rectangle; seen: Rectangle } {
  const { columns, rows } = spansOf(picture, contract);
  return {
    plane: {
      left: columns.start - columns.before,
      top: rows.start - rows.before,
      width: columns.padded,
      height: rows.padded,
    },
    seen: { left: columns.start, top: rows.start, width: columns.length, height: rows.length },
  };
}

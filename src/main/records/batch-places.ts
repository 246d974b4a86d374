import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { RecordsContext } from './context.ts';
import type { ImageKey } from './review.ts';
import { readRow, readRows } from './row.ts';

const placeSchema = z.object({ scan: z.string(), file: z.string(), path: z.string() });
/** Where the file of an image lies. */
export type BatchPlace = z.infer<typeof placeSchema>;

const neighbourSchema = z.object({ item: z.int(), frame: z.int(), image: z.string(), predicted: z.int().nullable() });
export type Neighbour = z.infer<typeof neighbourSchema>;

const mostNeighbours = 2000;

/** Where the images of a batch lie, and what lies around them. */
export function batchPlaces({ db }: RecordsContext) {
  const place = db.prepare(`SELECT r.scan, i.file, i.path FROM batch_rows r
    JOIN batch_items i ON i.batch = r.batch AND i.item = r.item
    WHERE r.batch = @batch AND r.item = @item AND r.frame = @frame`);
  const ofScan = db.prepare(`SELECT item, frame, image, predicted FROM batch_rows
    WHERE batch = ? AND scan = ? ORDER BY item, frame`);
  const ofFolder = db.prepare(`SELECT r.item, r.frame, r.image, r.predicted FROM batch_items i
    JOIN batch_rows r ON r.batch = i.batch AND r.item = i.item
    WHERE i.batch = @batch AND substr(i.file, 1, length(@folder)) = @folder
    AND instr(substr(i.file, length(@folder) + 1), '/') = 0 AND r.scan = '' ORDER BY r.item, r.frame`);

  /** @throws HilumError `review/no-image` */
  const placeOf = ({ batch, item, frame }: ImageKey): BatchPlace => {
    const found = readRow('batch_rows', placeSchema, () => place.get({ batch, item, frame }));
    if (found === undefined) throw new HilumError('review/no-image');
    return found;
  };

  return {
    placeOf,
    /**
     * Images of the same scan, else those without a scan in the same folder, in the order of the list; of more than 2,000
     * those around the asked one.
     * @throws HilumError `review/no-image`
     */
    neighbours(image: ImageKey): { readonly scan: string; readonly images: readonly Neighbour[] } {
      const { batch } = image;
      const { scan, file } = placeOf(image);
      const folder = file.slice(0, file.lastIndexOf('/') + 1);
      const all = readRows('batch_rows', neighbourSchema, () =>
        scan === '' ? ofFolder.all({ batch, folder }) : ofScan.all(batch, scan),
      );
      const at = all.findIndex(({ item, frame }) => item === image.item && frame === image.frame);
      const start = Math.max(0, Math.min(at - mostNeighbours / 2, all.length - mostNeighbours));
      return { scan, images: all.slice(start, start + mostNeighbours) };
    },
  };
}

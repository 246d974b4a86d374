import type { Contract } from '../../domain/contract.ts';
import type { ManifestRow } from '../../domain/dataset.ts';
import type { DecodedImage } from '../../domain/image.ts';
import type { Params } from '../../domain/params.ts';
import type { WorkspacePaths } from '../../domain/stage-inputs.ts';
import {
  type Changes,
  drawChanges,
  type GreyPlanes,
  greyPlanes,
  renderPicture,
  unchanged,
} from '../../images/index.ts';
import { openDataset } from '../dataset-on-disk.ts';
import { inOrder } from '../in-order.ts';

/** Enough to keep the decoder busy on all cores. */
const imagesAtOnce = 8;
/** Share of the memory that is free at the start which pictures may take. */
const shareOfMemory = 1 / 4;

/** The pictures of a study, decoded when somebody asks for them. */
export interface Pictures {
  decode(row: ManifestRow): Promise<DecodedImage>;
  /**
   * In the network's input size. Kept in memory (2 bytes a pixel) until a quarter of what was free at the start is taken; the rest
   * is decoded each time anew, with the same result.
   * @param jitter of the window, see `greyPlanes`
   */
  grey(row: ManifestRow, jitter: number): Promise<GreyPlanes>;
}

export function openPictures(
  workspace: WorkspacePaths,
  contract: Contract,
  signal: AbortSignal,
  budgetBytes: number = process.availableMemory() * shareOfMemory,
): Pictures {
  let opening: ReturnType<typeof openDataset> | undefined;
  const kept = new Map<string, GreyPlanes>();
  let keptBytes = 0;
  const decode: Pictures['decode'] = async (row) => {
    opening ??= openDataset(workspace, signal);
    const dataset = await opening;
    return dataset.decode(row);
  };
  return {
    decode,
    async grey(row, jitter) {
      const key = `${row.image} ${row.domain === 'hounsfield' ? jitter : 0}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const made = greyPlanes(await decode(row), contract, jitter);
      if (keptBytes + made.values.byteLength <= budgetBytes) {
        keptBytes += made.values.byteLength;
        kept.set(key, made);
      }
      return made;
    },
  };
}

type Rules = Pick<Params, 'seed' | 'augmentation'>;

/** Batches of a study's pictures as a network takes them. @param rows of the study, which images are indices into */
export function pictureSource(
  pictures: Pictures,
  rows: readonly { readonly row: ManifestRow }[],
  contract: Contract,
  { seed, augmentation }: Rules,
) {
  const rendered = async (
    images: Int32Array,
    jitter: number,
    changesOf: (row: ManifestRow) => Changes,
  ): Promise<Float32Array> => {
    const values = contract.size ** 2 * 3;
    const out = new Float32Array(images.length * values);
    const wanted = Array.from(images, (image) => rows[image]?.row).filter((row) => row !== undefined);
    let at = 0;
    for await (const { row, grey } of inOrder(wanted, imagesAtOnce, async (row) => ({
      row,
      grey: await pictures.grey(row, jitter),
    }))) {
      renderPicture(grey, changesOf(row), contract, out, at);
      at += values;
    }
    return out;
  };
  return {
    augmented: (images: Int32Array, epoch: number) =>
      rendered(images, augmentation.window, (row) => drawChanges(augmentation, seed, row.pixel_hash, epoch)),
    plain: (images: Int32Array) => rendered(images, 0, () => unchanged),
  };
}

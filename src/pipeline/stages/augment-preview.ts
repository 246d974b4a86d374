import { type AugmentPreview, type AugmentPreviewInput, augmentPreviewInputSchema } from '../domain/augment-preview.ts';
import { type Changes, drawChanges, type GreyPlanes, greyPlanes, renderPicture, unchanged } from '../images/index.ts';
import type { Stage } from './stage.ts';
import { openForView } from './view/opened-file.ts';

/** Grey stays grey: what is shown is not normalised. */
const shown = { mean: 0, std: 1 };

/** One image as the network will see it in training; of three windows the first one is shown. */
export const augmentPreview: Stage<AugmentPreviewInput> = {
  input: augmentPreviewInputSchema,
  async run({ path, file, frame, contract, params, pixelHash, epochs }): Promise<AugmentPreview> {
    const { seed, augmentation } = params;
    const image = await (await openForView(path, file)).decode(frame);
    const plain = greyPlanes(image, contract, 0);
    const wide = greyPlanes(image, contract, augmentation.window);
    const copies = Array.from({ length: epochs }, (_, i) =>
      picture(wide, drawChanges(augmentation, seed, pixelHash, i + 1)),
    );
    return { size: contract.size, pictures: [picture(plain, unchanged), ...copies] };
  },
};

function picture(planes: GreyPlanes, changes: Changes): Uint8Array {
  const values = new Float32Array(planes.size ** 2 * 3);
  renderPicture(planes, changes, shown, values, 0);
  return Uint8Array.from({ length: planes.size ** 2 }, (_, i) => Math.round(values[3 * i] ?? 0));
}

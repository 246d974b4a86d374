import { extname } from 'node:path';
import type { DecodedImage } from '../../../domain/image.ts';
import type { Control } from '../control.ts';

/** Facts of the file, no pixel. Logarithms, so that twice as large is the same step everywhere. */
export const file: Control = {
  name: 'file',
  title: 'File facts',
  sees: 'extension, size of the file, width, height, bit depth and kind of values; no pixel',
  tells: "The file's facts alone tell the class",
  suspicion: 'The classes come from different sources or exports, and a model may learn those.',
  look: ({ row, image, bytes }) => ({
    numbers: [Math.log(bytes + 1), Math.log(image.width), Math.log(image.height), Math.log(image.width / image.height)],
    words: [extname(row.file).toLowerCase(), `${bitsOf(image)} bit`, image.domain],
  }),
  asTheModel: false,
};

function bitsOf({ domain, white, pixels }: DecodedImage): number {
  return domain === 'display' ? Math.ceil(Math.log2(white + 1)) : 8 * pixels.BYTES_PER_ELEMENT;
}

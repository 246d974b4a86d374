import { type PhantomInput, phantomInputSchema } from '../domain/stage-inputs.ts';
import { writeMixedFolder, writePhantom } from '../phantom/index.ts';
import type { Stage } from './stage.ts';

/** Synthetic scans with known truth, or a folder of good and broken files to try the product on. */
export const phantom: Stage<PhantomInput> = {
  input: phantomInputSchema,
  async run(input, context): Promise<unknown> {
    const { folder, scans, slices, seed, size, masks } = input;
    if (input.mixedFolder) return writeMixedFolder(folder, seed);
    return writePhantom(folder, {
      scans,
      slices,
      seed,
      size,
      masks,
      formats: input.format,
      signal: context.signal,
      onProgress: (done, total) => context.report({ step: 'Drawing slices', done, total, fraction: done / total }),
    });
  },
};

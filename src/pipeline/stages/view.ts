import { HilumError } from '../domain/errors.ts';
import type { Thumbnail, Viewed, ViewedTensor, ViewInput } from '../domain/view.ts';
import { viewInputSchema } from '../domain/view.ts';
import type { Stage } from './stage.ts';
import { openForView } from './view/opened-file.ts';
import { thumbnailOf } from './view/thumbnail.ts';
import { viewOf } from './view/whole.ts';

/** One frame of one file: whole for the image view, small for a list, or as the network gets it. */
export const view: Stage<ViewInput> = {
  input: viewInputSchema,
  async run(input): Promise<Viewed | Thumbnail | ViewedTensor> {
    const opened = await openForView(input.path, input.file);
    const image = await opened.decode(input.frame);
    switch (input.want) {
      case 'view':
        return viewOf(opened, image, input);
      case 'thumbnail':
        return { pixels: thumbnailOf(image) };
      case 'tensor': {
        if (input.contract === undefined)
          throw new HilumError('bug/unexpected', { name: 'a tensor without a contract' });
        const { tensorOf } = await import('./view/tensor.ts');
        return tensorOf(image, input.contract, input.backbone);
      }
      default:
        return input.want satisfies never;
    }
  },
};

import { blankKidneys } from '../blank-kidneys.ts';
import type { Control } from '../control.ts';

/** The whole picture through the backbone, the part that should decide taken out. */
export const noKidneys: Control = {
  name: 'no-kidneys',
  title: 'Kidneys blanked',
  sees: 'the picture through the backbone, the band of the body where kidneys lie set to black',
  tells: 'The picture without its kidneys still tells the class',
  suspicion: 'Something beside the kidneys goes with the class, and a model may learn that.',
  look: async ({ image, featuresOf }) => ({ numbers: await featuresOf(blankKidneys(image)) }),
  asTheModel: true,
};

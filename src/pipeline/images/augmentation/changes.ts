import type { Params } from '../../domain/params.ts';
import { randomFrom } from '../../domain/random.ts';

export type AugmentationRules = Params['augmentation'];

/** What happens to one picture in one epoch. */
export interface Changes {
  /** Share of the side, to the right and downwards. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly radians: number;
  /** Above 1: the picture grows. */
  readonly zoom: number;
  readonly mirrored: boolean;
  /** Change of the window's centre and width, as shares of the width. */
  readonly windowCenter: number;
  readonly windowWidth: number;
  /** Standard deviation in grey levels of 255. */
  readonly noise: number;
  /** Square set to black: left, top and side as shares of the picture's side; side 0 for none. */
  readonly cut: { readonly left: number; readonly top: number; readonly side: number };
  /** Names the sequence that the noise comes from. */
  readonly noiseKey: readonly (string | number)[];
}

/** As the model serves. */
export const unchanged: Changes = {
  shiftX: 0,
  shiftY: 0,
  radians: 0,
  zoom: 1,
  mirrored: false,
  windowCenter: 0,
  windowWidth: 0,
  noise: 0,
  cut: { left: 0, top: 0, side: 0 },
  noiseKey: [],
};

/**
 * The changes of a picture in an epoch, each uniform within its limit. They follow from seed, content and epoch alone: neither the
 * order of the pictures nor their number nor an interruption matters.
 */
export function drawChanges(rules: AugmentationRules, seed: number, pixelHash: string, epoch: number): Changes {
  const key = [seed, 'augment', pixelHash, epoch];
  const random = randomFrom(...key);
  // Adding 0 turns -0 into 0.
  const within = (limit: number): number => (2 * random.next() - 1) * limit + 0;
  const [shiftX, shiftY, turn, growth] = [rules.shift, rules.shift, rules.rotation, rules.scale].map(within);
  const [windowCenter = 0, windowWidth = 0] = [rules.window, rules.window].map(within);
  const noise = random.next() * rules.noise;
  const side = random.next() * rules.cut_out;
  const cut = { left: random.next() * (1 - side), top: random.next() * (1 - side), side };
  return {
    shiftX: shiftX ?? 0,
    shiftY: shiftY ?? 0,
    radians: ((turn ?? 0) * Math.PI) / 180,
    zoom: 1 + (growth ?? 0),
    mirrored: random.next() < 0.5 && rules.flip,
    windowCenter,
    windowWidth,
    noise,
    cut,
    noiseKey: [...key, 'noise'],
  };
}

import type { Contract } from '../../domain/contract.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { type Random, randomFrom } from '../../domain/random.ts';

const side = 256;
type Paint = (grey: Uint8Array, random: Random) => void;

/** Pictures that no study holds, by name: each seed paints another one. */
const painters = {
  black: (grey) => grey.fill(0),
  'one grey': (grey, random) => grey.fill(20 + random.below(236)),
  noise: (grey, random) => each(grey, () => random.below(256)),
  gradient: (grey, random) => {
    const [a, b] = [random.next(), random.next()];
    each(grey, (x, y) => (255 * (a * x + b * y)) / (side * (a + b)));
  },
  checkerboard: (grey, random) => {
    const cell = 2 ** (1 + random.below(5));
    each(grey, (x, y) => ((Math.floor(x / cell) + Math.floor(y / cell)) % 2) * 255);
  },
  text: (grey, random) => {
    grey.fill(255);
    for (let top = 12; top < side - 14; top += 14) words(grey, random, { left: 14, top, right: side - 14, ink: 20 });
  },
  screenshot: paintScreen,
  scenery: paintScenery,
} satisfies Record<string, Paint>;

/** Pictures unlike any study's, `count` of each name, the same bytes for the same seed; in a domain that the contract takes. */
export function farPictures(
  contract: Pick<Contract, 'domains' | 'windows'>,
  count: number,
): readonly { readonly name: string; readonly image: DecodedImage }[] {
  return Object.entries<Paint>(painters).flatMap(([name, paint]) =>
    Array.from({ length: count }, (_, seed) => {
      const grey = new Uint8Array(side * side);
      paint(grey, randomFrom('far picture', name, seed + 1));
      return { name, image: inDomain(grey, contract) };
    }),
  );
}

function inDomain(grey: Uint8Array, { domains, windows }: Pick<Contract, 'domains' | 'windows'>): DecodedImage {
  const shared = { width: side, height: side, white: 255, plane: 'unknown' } as const;
  if (domains.includes('display')) return { ...shared, domain: 'display', pixels: grey };
  const [{ center, width }] = windows;
  return {
    ...shared,
    domain: 'hounsfield',
    pixels: Float32Array.from(grey, (value) => (value === 0 ? -1000 : center + (value / 255 - 0.5) * width)),
  };
}

function each(grey: Uint8Array, value: (x: number, y: number) => number): void {
  for (let i = 0; i < grey.length; i++) grey[i] = value(i % side, Math.floor(i / side));
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function fill(grey: Uint8Array, { left, top, right, bottom }: Box, value: number): void {
  for (let y = Math.max(0, top); y < Math.min(side, bottom); y++) {
    grey.fill(value, y * side + Math.max(0, left), y * side + Math.min(side, right));
  }
}

/** A line of strokes as high and as dense as letters. */
function words(
  grey: Uint8Array,
  random: Random,
  { left, top, right, ink }: { left: number; top: number; right: number; ink: number },
): void {
  for (let x = left; x < right; x += 6 + (random.below(6) === 0 ? 6 : 0)) {
    for (let stroke = 0; stroke < 3; stroke++) {
      const upright = random.below(2) === 0;
      const at = { left: x + random.below(4), top: top + random.below(6) };
      fill(grey, { ...at, right: at.left + (upright ? 1 : 4), bottom: at.top + (upright ? 6 : 1) }, ink);
    }
  }
}

function paintScreen(grey: Uint8Array, random: Random): void {
  grey.fill(random.below(2) === 0 ? 30 : 238);
  const dark = (grey[0] ?? 0) < 128;
  fill(grey, { left: 0, top: 0, right: side, bottom: 14 }, dark ? 60 : 200);
  fill(grey, { left: 0, top: 14, right: 50 + random.below(30), bottom: side }, dark ? 45 : 220);
  for (let row = 0; row < 12; row++) {
    words(grey, random, { left: 90, top: 24 + row * 18, right: 110 + random.below(130), ink: dark ? 220 : 40 });
  }
  for (let button = 0; button < 4; button++) {
    const at = { left: 6 + random.below(20), top: 24 + button * 30 };
    fill(grey, { ...at, right: at.left + 36, bottom: at.top + 12 }, 128);
  }
}

/** Sky, hills and boxes with the soft mottle of leaves and stones: what photographs share. */
function paintScenery(grey: Uint8Array, random: Random): void {
  const waves = Array.from({ length: 40 }, (_, index) => {
    const frequency = (1 + index) / 40;
    return {
      x: random.normal() * frequency,
      y: random.normal() * frequency,
      shift: 7 * random.next(),
      size: 60 / (1 + index / 4),
    };
  });
  const horizon = 60 + random.below(80);
  each(grey, (x, y) => {
    let mottle = 0;
    for (const wave of waves) mottle += wave.size * Math.sin(wave.x * x + wave.y * y + wave.shift);
    const hill = horizon + 20 * Math.sin(x / 40);
    return Math.min(255, Math.max(0, y < hill ? 210 - y / 3 + mottle / 20 : 100 + mottle / 2));
  });
  for (let box = 0; box < 5; box++) {
    const at = { left: random.below(side - 40), top: horizon + random.below(60) };
    fill(
      grey,
      { ...at, right: at.left + 10 + random.below(40), bottom: at.top + 10 + random.below(60) },
      random.below(256),
    );
  }
}

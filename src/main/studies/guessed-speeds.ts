import type { Params } from '../../pipeline/domain/params.ts';
import { pixelKey, type Speeds } from './speeds.ts';

/** Speeds that an estimate is made with. */
export interface UsedSpeeds {
  /** Images a second. */
  readonly features: number;
  readonly evaluate: number;
  /** Work units a second (see `headWork`). */
  readonly head: number;
  /** Seconds of an epoch besides. */
  readonly epochRest: number;
  /** Images times resamples a second. */
  readonly bootstrap: number;
  /** Seconds. */
  readonly rest: number;
  /** The truth may be so many times more or less. */
  readonly doubt: number;
  /** What they rest on. */
  readonly basis: string;
}

/** Images a second and core at 224 pixels, decoding included; the low end of what was seen. */
const perCore: Readonly<Record<string, number>> = { 'efficientnet-lite0': 40, 'mobilenet-v2': 40, vgg16: 3 };
const perCoreOfOthers = 5;
const usualSize = 224;
/** More cores than this do not make one run faster. */
const mostCores = 4;

const doubts = { measured: 1.3, scaled: 2, guessed: 4 } as const;

/**
 * What was measured for just this, else the same backbone at another size, else a cautious guess.
 * @param cores of this machine
 */
export function usedSpeeds(measured: Speeds, params: Params, cores: number): UsedSpeeds {
  const guessed = guessedSpeeds(params, Math.min(cores, mostCores));
  const features = pixelSpeed(measured.features, params);
  const evaluate = pixelSpeed(measured.evaluate, params) ?? features;
  const kind = features === undefined || measured.head === undefined ? 'guessed' : features.kind;
  return {
    features: features?.perSecond ?? guessed.features,
    evaluate: evaluate?.perSecond ?? guessed.evaluate,
    head: measured.head ?? guessed.head,
    epochRest: measured.epochRest ?? guessed.epochRest,
    bootstrap: measured.bootstrap ?? guessed.bootstrap,
    rest: measured.rest ?? guessed.rest,
    doubt: doubts[kind],
    basis: basisOf(kind, params, cores),
  };
}

function guessedSpeeds({ backbone, image }: Params, cores: number): Omit<UsedSpeeds, 'doubt' | 'basis'> {
  const pixels = (cores * (perCore[backbone.name] ?? perCoreOfOthers) * usualSize ** 2) / image.size ** 2;
  const rates = { features: pixels, evaluate: pixels, head: cores * 2e8, bootstrap: 3e7 };
  return { ...rates, epochRest: 0.05, rest: 15 };
}

function basisOf(kind: keyof typeof doubts, { backbone, image }: Params, cores: number): string {
  if (kind === 'measured') return 'Speeds of the last run on this machine.';
  if (kind === 'scaled') return `Speeds of earlier runs on this machine, scaled to ${image.size} pixels.`;
  return `Nothing was measured on this machine for ${backbone.name} yet: a cautious guess for ${cores} cores.`;
}

function pixelSpeed(known: Speeds['features'], { backbone, image }: Params) {
  const exact = known[pixelKey(backbone.name, image.size)];
  if (exact !== undefined) return { perSecond: exact, kind: 'measured' as const };
  const prefix = pixelKey(backbone.name, 0).slice(0, -1);
  const other = Object.entries(known).find(([key]) => key.startsWith(prefix));
  if (other === undefined) return undefined;
  const size = Number(other[0].slice(prefix.length));
  return { perSecond: (other[1] * size ** 2) / image.size ** 2, kind: 'scaled' as const };
}

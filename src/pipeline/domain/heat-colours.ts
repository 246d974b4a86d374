/** Red, green, blue 0..255 and opacity 0..1. */
export type Rgba = readonly [number, number, number, number];

/**
 * From dark violet over orange to pale yellow: lighter means hotter, so that it reads alike with any colour vision and in
 * grey (stops of matplotlib's `inferno`, whose lightness rises evenly).
 */
const stops: readonly (readonly [number, number, number])[] = [
  [87, 16, 110],
  [188, 55, 84],
  [249, 142, 9],
  [252, 255, 164],
];
/** Below this share of the hottest cell nothing is coloured: the anatomy stays grey. */
const coldest = 0.25;

/** Line around the hottest fifth: a form, for whoever does not see the colours. */
export const contourColour: Rgba = [255, 255, 255, 1];

/** Colour of a heat 0..1; opacity rises with it. */
export function heatColour(heat: number): Rgba {
  const level = Math.min(1, Math.max(0, (heat - coldest) / (1 - coldest)));
  const place = level * (stops.length - 1);
  const from = Math.min(stops.length - 2, Math.floor(place));
  const [low, high] = [stops[from], stops[from + 1]];
  if (low === undefined || high === undefined || level === 0) return [0, 0, 0, 0];
  const blend = (channel: 0 | 1 | 2): number =>
    Math.round(low[channel] + (high[channel] - low[channel]) * (place - from));
  return [blend(0), blend(1), blend(2), Math.min(1, 0.25 + 0.75 * level)];
}

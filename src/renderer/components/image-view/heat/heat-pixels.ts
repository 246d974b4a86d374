import { contourColour, heatColour } from '../../../../pipeline/domain/heat-colours.ts';
import { drawnHeat, type HeatMap } from '../../../../pipeline/domain/heat-map.ts';

/** Pixels of the longer side that are drawn at most; larger pictures stretch them. */
const mostPixels = 768;

export interface HeatPixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * A heat map as pixels over the whole picture. The line around the hottest fifth stays as it is whatever the opacity.
 * @param opacity of the hottest colour, 0..1
 */
export function heatPixels(
  map: HeatMap,
  picture: { readonly width: number; readonly height: number },
  opacity: number,
): HeatPixels {
  const scale = Math.min(1, mostPixels / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const area = { left: 0, top: 0, width: picture.width, height: picture.height };
  const { heat, contour } = drawnHeat(map, area, width, height);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < heat.length; at++) {
    const isLine = contour[at] === 1;
    const [red, green, blue, alpha] = isLine ? contourColour : heatColour(heat[at] ?? 0);
    rgba.set([red, green, blue, 255 * alpha * (isLine ? 1 : opacity)], 4 * at);
  }
  return { width, height, rgba };
}

/** CSS gradient of the colours, cold to hot. */
export function heatGradient(): string {
  const stops = Array.from({ length: 6 }, (_, index) => {
    const heat = 0.25 + (0.75 * index) / 5;
    const [red, green, blue] = heatColour(Math.max(heat, 0.26));
    return `rgb(${red} ${green} ${blue}) ${(100 * index) / 5}%`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

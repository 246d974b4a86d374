import type { Contract } from '../../domain/contract.ts';
import { contourColour, heatColour, type Rgba } from '../../domain/heat-colours.ts';
import { drawnHeat, type HeatMap } from '../../domain/heat-map.ts';
import { greyPicture, type Picture, rgbPng } from '../../images/index.ts';

/** How much of the picture the hottest colour hides. */
const opacity = 0.6;

/** The picture in grey with its heat map over it, at its own size, as PNG. */
export function overlayPng(picture: Picture, map: HeatMap, contract: Contract): Promise<Uint8Array> {
  const { width, height } = picture;
  const grey = greyPicture(picture, contract);
  const { heat, contour } = drawnHeat(map, { left: 0, top: 0, width, height }, width, height);
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < grey.length; at++) {
    const [red, green, blue, alpha] = colourAt(heat[at] ?? 0, contour[at] === 1);
    const value = grey[at] ?? 0;
    pixels[3 * at] = value + (red - value) * alpha;
    pixels[3 * at + 1] = value + (green - value) * alpha;
    pixels[3 * at + 2] = value + (blue - value) * alpha;
  }
  return rgbPng(pixels, width, height);
}

function colourAt(heat: number, isContour: boolean): Rgba {
  if (isContour) return contourColour;
  const [red, green, blue, alpha] = heatColour(heat);
  return [red, green, blue, alpha * opacity];
}

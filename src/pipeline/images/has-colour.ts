import sharp from 'sharp';
import { pictureError, safeInput } from './formats/picture.ts';
import { vips } from './formats/vips-turn.ts';

/** JPEG keeps greys with a few levels of noise between the channels. */
const noiseLevels = 24;
const fewest = 0.002;

/**
 * Whether a PNG, JPEG or TIFF shows colours: channels that differ by more than noise in more than a few pixels.
 * @throws HilumError `image/…`
 */
export async function hasColour(bytes: Uint8Array): Promise<boolean> {
  try {
    const picture = sharp(bytes, safeInput);
    const { data, info } = await vips(() =>
      picture.toColourspace('srgb').removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true }),
    );
    if (info.channels < 3) return false;
    let coloured = 0;
    for (let at = 0; at < data.length; at += info.channels) {
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > noiseLevels) coloured++;
    }
    return coloured > fewest * info.width * info.height;
  } catch (error) {
    throw pictureError(error, 'png');
  }
}

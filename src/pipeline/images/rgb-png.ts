import sharp from 'sharp';

/** Three-channel 8-bit PNG. @param pixels red, green, blue of each pixel, row-major */
export function rgbPng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

import sharp from 'sharp';

interface Grey {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** One-channel JPEG, quality 92. */
export function jpegFile(grey: Grey): Promise<Uint8Array> {
  return raw(grey).jpeg({ quality: 92 }).toBuffer();
}

/** One-channel 8-bit PNG. */
export function pngFile(grey: Grey): Promise<Uint8Array> {
  return raw(grey).png({ compressionLevel: 6 }).toBuffer();
}

function raw({ pixels, width, height }: Grey) {
  return sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
}

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { toEnvelope } from '../../../src/pipeline/domain/errors.ts';
import { openImage } from '../../../src/pipeline/images/index.ts';

const side = 256;
const rounds = 60;

/** Grey noise: too irregular to be compressed away. */
function noise(): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length: side * side }, () => {
      state = (state * 48271) % 2147483647;
      return state & 255;
    }),
  );
}

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const { width } = await (await openImage(bytes)).decode(0);
    return `${width} pixels wide`;
  } catch (error) {
    return toEnvelope(error).code;
  }
}

describe('broken pictures that are decoded side by side', () => {
  it('get the code that each gets alone, and harm no good one', async () => {
    const raw = { width: side, height: side, channels: 1 } as const;
    const jpeg = await sharp(noise(), { raw }).jpeg().toBuffer();
    const png = await sharp(noise(), { raw }).png().toBuffer();
    const scratched = Buffer.from(png).fill(7, 5000, 5100);
    const files = [jpeg.subarray(0, jpeg.length >> 1), scratched, png, jpeg, png.subarray(0, png.length >> 1)];
    const alone: string[] = [];
    for (const file of files) alone.push(await outcomeOf(file));
    expect(alone.slice(2, 4)).toEqual(['256 pixels wide', '256 pixels wide']);
    for (let round = 0; round < rounds; round++) {
      const together = [...files, ...files];
      expect(await Promise.all(together.map(outcomeOf))).toEqual([...alone, ...alone]);
    }
  });
});

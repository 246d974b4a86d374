import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applyContract, openImage } from '../../../src/pipeline/images/index.ts';
import { askPeer, canRun, sharedData } from './peer.ts';

const here = canRun('pictures against Pillow');
const folder = new URL('kidney-ct/', sharedData);
const files = here
  ? ['Cyst', 'Normal', 'Stone', 'Tumor'].flatMap((name) =>
      readdirSync(new URL(`${name}/`, folder))
        .slice(0, 10)
        .map((file) => fileURLToPath(new URL(`${name}/${encodeURIComponent(file)}`, folder))),
    )
  : [];
const schema = z.record(z.string(), z.object({ grey: z.string(), bilinear: z.array(z.number()) }));
const peer = here ? schema.parse(askPeer('resize_reference.py', files)) : {};

describe.skipIf(!here)('JPEG files against Pillow', () => {
  it.each(files)('%s: equal grey, bilinear within one level', async (file) => {
    const image = await (await openImage(readFileSync(file))).decode(0);
    expect(createHash('sha256').update(Uint8Array.from(image.pixels)).digest('hex')).toBe(peer[file]?.grey);
    const out = applyContract(image, {
      version: 1,
      classes: ['a', 'b'],
      domains: ['display'],
      windows: [{ center: 40, width: 400 }],
      crop: 'none',
      padding: 'none',
      resize: 'bilinear',
      size: 64,
      channels: 3,
      mean: 0,
      std: 1,
    });
    const theirs = peer[file]?.bilinear ?? [];
    let most = 0;
    for (let i = 0; i < 64 * 64; i++) most = Math.max(most, Math.abs((out[3 * i] ?? 0) - (theirs[i] ?? 999)));
    expect(most).toBeLessThanOrEqual(1);
  });
});

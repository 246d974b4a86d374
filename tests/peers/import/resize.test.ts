import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Contract, contractSchema } from '../../../src/pipeline/domain/contract.ts';
import { applyContract } from '../../../src/pipeline/images/contract.ts';

const python = process.env.HILUM_PEER_PYTHON;
if (python === undefined) console.warn('SKIPPED: resize rules of other programs: HILUM_PEER_PYTHON is not set');
const answerSchema = z.object({ picture: z.array(z.number()), rows: z.record(z.string(), z.array(z.number())) });

const shrinks = [256, 200, 28] as const;
const enlarges = [30, 40, 64] as const;

describe.skipIf(python === undefined)('resize rules that other programs train with', () => {
  it.each([shrinks, enlarges])('%i x %i to %i pixels as Pillow and TensorFlow', (width, height, size) => {
    const script = fileURLToPath(new URL('./resize_rules.py', import.meta.url));
    const words = [script, String(width), String(height), String(size)];
    const printed = execFileSync(python ?? '', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const { picture, rows } = answerSchema.parse(JSON.parse(printed));
    const image = { width, height, pixels: Uint8Array.from(picture), domain: 'display', white: 255 } as const;
    for (const [key, expected] of Object.entries(rows)) {
      const [resize, rounding] = key.split(' ');
      const contract: Contract = contractSchema.parse({
        ...{ version: 1, classes: ['a', 'b'], domains: ['display'], windows: [{ center: 40, width: 400 }] },
        ...{ crop: 'none', padding: 'none', resize, size, channels: 3, mean: 0, std: 1 },
        ...(rounding === 'none' ? {} : { rounding }),
      });
      const values = applyContract(image, contract, 1);
      // TensorFlow weighs in 32 bits; whole levels of Pillow are the same to the bit.
      const largest = Math.max(...values.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
      expect(largest, key).toBeLessThan(rounding === 'none' ? 5e-3 : 1e-9);
    }
  });
});

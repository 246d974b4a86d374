import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Contract,
  contractSchema,
  cropRules,
  paddingRules,
  resizeRules,
} from '../../../src/pipeline/domain/contract.ts';
import { contractSteps } from '../../../src/pipeline/domain/contract-words.ts';

const demo = contractSchema.parse(
  JSON.parse(await readFile(join(import.meta.dirname, '../../../resources/demo-model/contract.json'), 'utf8')),
);

describe('a contract in words', () => {
  it('says each step of the demo model with its units, in the order in which it is applied', () => {
    expect(contractSteps(demo)).toEqual([
      'Takes grey pictures that were windowed before (PNG, JPEG, TIFF) and CT slices in Hounsfield units (DICOM, NIfTI).',
      'Hounsfield units become grey 0 to 255: center 40 HU, width 400 HU (black at -160 HU, white at 240 HU).',
      'Grey pictures keep their values, scaled to 0 to 255.',
      'Crop to the box around the body: brighter than -500 HU, or than grey 20 of 255.',
      'No padding: what is not square is stretched.',
      'Resize to 224 x 224 pixels by area averages (antialiased).',
      'Network value = (grey - 127) / 128: from -0.99 to 1.00.',
      'The same grey goes into all 3 channels.',
    ]);
  });

  it('names three windows, and what happens to Hounsfield units that the model was not trained on', () => {
    const lung = { center: -600, width: 1500 };
    const three: Contract = { ...demo, domains: ['hounsfield'], windows: [demo.windows[0], lung, lung] };
    expect(contractSteps(three).join('\n')).toContain('one window a channel: center 40 HU');
    expect(contractSteps(three).join('\n')).toContain('black at -1350 HU, white at 150 HU');
    expect(contractSteps(three).join('\n')).not.toContain('keep their values');
    expect(contractSteps({ ...demo, domains: ['display'] }).join('\n')).toContain('marked for review');
  });

  it('has other words for every other rule', () => {
    const texts = new Set<string>();
    for (const crop of cropRules) {
      for (const padding of paddingRules) {
        for (const resize of resizeRules) texts.add(contractSteps({ ...demo, crop, padding, resize }).join('\n'));
      }
    }
    expect(texts.size).toBe(cropRules.length * paddingRules.length * resizeRules.length);
  });
});

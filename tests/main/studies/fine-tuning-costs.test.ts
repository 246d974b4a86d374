import { describe, expect, it } from 'vitest';
import { fineTuningCosts } from '../../../src/main/studies/fine-tuning-costs.ts';
import { usedSpeeds } from '../../../src/main/studies/guessed-speeds.ts';
import { requireRoom, roomFor } from '../../../src/main/studies/room.ts';
import { nothingMeasured } from '../../../src/main/studies/speeds.ts';
import type { StudySize } from '../../../src/main/studies/study-size.ts';
import { sentenceOf } from '../../../src/pipeline/domain/errors.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { type Probe, probeKey } from '../../../src/pipeline/domain/training-cost.ts';

const params = paramsSchema.parse({ training: { preset: 'top-blocks' }, fine_tuning: { epochs: 3, batch_size: 16 } });
const size: StudySize = {
  ...{ training: 96, predicted: 24, measured: 24, fits: 1, shareOfFit: 1 },
  ...{ watched: true, watchedImages: 24 },
};
const speeds = usedSpeeds({ ...nothingMeasured, features: { 'efficientnet-lite0@224': 39 }, head: 1e9 }, params, 2);
/** EfficientNet-Lite0 at 224 pixels on two shared cores: a probe, and what the run right after it took from its first step on. */
const recorded: readonly { preset: string; probe: Probe; trainable: number; runSeconds: number }[] = [
  {
    preset: 'top-blocks',
    probe: { startMs: 568, stepMs: 279.5, predictMs: 9.34, decodeMs: 13.1, peakMb: 845 },
    ...{ trainable: 639_572, runSeconds: 13.2 },
  },
  {
    preset: 'all',
    probe: { startMs: 1210, stepMs: 577.5, predictMs: 9.13, decodeMs: 29.3, peakMb: 1005 },
    ...{ trainable: 693_620, runSeconds: 23.9 },
  },
];

const given = { params, size, speeds, availableMb: 20_000, images: 144, otherMb: 3 };
const cost = { trainable: 1_019_428, parameters: 3_355_732, mapsMb: 4 };
const probe: Probe = { startMs: 1500, stepMs: 400, predictMs: 20, decodeMs: 10, peakMb: 850 };
const middle = ({ low, high }: { low: number; high: number }) => Math.sqrt(low * high);

describe('the cost of fine-tuning', () => {
  it.each(recorded)('lies within 30 % of what the run took: $preset', ({ probe: found, trainable, runSeconds }) => {
    const { seconds } = fineTuningCosts({ ...given, cost: { ...cost, trainable }, probe: found });
    expect(seconds.low).toBeLessThan(runSeconds);
    expect(seconds.high).toBeGreaterThan(runSeconds);
    expect(Math.abs(middle(seconds) / runSeconds - 1)).toBeLessThan(0.3);
  });

  it('grows with steps, images, epochs and folds', () => {
    const base = middle(fineTuningCosts({ ...given, cost, probe }).seconds);
    const longer = { ...params, fine_tuning: { ...params.fine_tuning, epochs: 6 } };
    const changes = [
      { probe: { ...probe, stepMs: 800 } },
      { size: { ...size, training: 200 }, probe },
      { params: longer, probe },
      { size: { ...size, fits: 4, watchedImages: 19 }, probe },
    ];
    for (const change of changes) {
      expect(middle(fineTuningCosts({ ...given, cost, ...change }).seconds)).toBeGreaterThan(1.3 * base);
    }
  });

  it('may end early where early stopping may', () => {
    const epochs = { ...params.fine_tuning, epochs: 40 };
    const { seconds } = fineTuningCosts({ ...given, cost, probe, params: { ...params, fine_tuning: epochs } });
    expect(seconds.high / seconds.low).toBeGreaterThan(3);
  });

  it('says what it rests on, and doubts a guess', () => {
    const measured = fineTuningCosts({ ...given, cost, probe });
    expect(measured.basis).toMatch(/^A probe on this machine: 400 ms a step of 16 images at 224 pixels/);
    const guessed = fineTuningCosts({ ...given, cost, probe: undefined });
    expect(guessed.basis).toContain('a cautious guess');
    expect(guessed.seconds.high / guessed.seconds.low).toBeGreaterThan(measured.seconds.high / measured.seconds.low);
  });

  it('counts weights, maps and pictures', () => {
    const { peakMb, mbPerImage } = fineTuningCosts({ ...given, cost, probe });
    expect(peakMb).toBeGreaterThan(probe.peakMb);
    expect(mbPerImage).toBeGreaterThan(cost.mapsMb);
    const many = fineTuningCosts({ ...given, cost, probe, images: 12_000 });
    expect(many.peakMb - peakMb).toBeGreaterThan(1000);
    expect(fineTuningCosts({ ...given, cost, probe, images: 1e6 }).peakMb).toBeLessThan(peakMb + 20_000 / 4);
  });
});

describe('a run that does not fit', () => {
  const need = { availableMb: 4000, mbPerImage: 100, params };

  it('has room below nine tenths of what is free', () => {
    expect(roomFor({ ...need, peakMb: 3600 })).toBeNull();
    expect(roomFor({ ...need, peakMb: 3601 })).toEqual({ batch: 15 });
  });

  it('is told the largest batch that fits, and where none does', () => {
    expect(roomFor({ ...need, peakMb: 4550 })).toEqual({ batch: 6 });
    expect(roomFor({ ...need, peakMb: 9000 })).toEqual({ batch: null });
    expect(roomFor({ ...need, peakMb: 5000, mbPerImage: 0 })).toEqual({ batch: null });
  });

  it('is refused before it starts, with the code and the figures', () => {
    const estimate = {
      ...{ seconds: { low: 1, high: 2 }, peakMemoryMb: 4550, machineMemoryMb: 8000, availableMemoryMb: 4000 },
      ...{ images: 1, uncached: 0, trainableParameters: 1, basis: '' },
    };
    expect(() => requireRoom({ ...estimate, tooLarge: null })).not.toThrow();
    expect(() => requireRoom({ ...estimate, tooLarge: { batch: 6 } })).toThrow(
      expect.objectContaining({
        code: 'training/too-large',
        facts: { neededMb: 4550, availableMb: 4000, batch: 6 },
      }),
    );
    const facts = { neededMb: 4550, availableMb: 4000 };
    expect(sentenceOf('training/too-large', { ...facts, batch: 6 })).toBe(
      'This run needs about 4550 MB of memory, 4000 MB are free. With fine_tuning.batch_size 6 it fits.',
    );
    expect(sentenceOf('training/too-large', facts)).toContain('Train fewer blocks');
  });
});

describe('the key of a probe', () => {
  it('changes with everything that a step depends on, and with nothing else', () => {
    const keyOf = (change: object) => probeKey(paramsSchema.parse({ training: { preset: 'top-blocks' }, ...change }));
    const usual = keyOf({});
    for (const same of [{ seed: 9 }, { fine_tuning: { epochs: 9 } }, { head: { dropout: 0.5 } }]) {
      expect(keyOf(same)).toBe(usual);
    }
    const others = [
      { backbone: { name: 'vgg16' } },
      { backbone: { features: ['top'] } },
      { image: { size: 96 } },
      { head: { hidden: 8 } },
      { training: { preset: 'all' } },
      { fine_tuning: { blocks: 3 } },
      { fine_tuning: { batch_size: 8 } },
    ];
    expect(new Set([usual, ...others.map(keyOf)]).size).toBe(others.length + 1);
  });
});

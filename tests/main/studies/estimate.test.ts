import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StudyContext } from '../../../src/main/studies/context.ts';
import { usedSpeeds } from '../../../src/main/studies/guessed-speeds.ts';
import { SpeedMeter } from '../../../src/main/studies/speed-meter.ts';
import { headWork, nothingMeasured, readSpeeds, saveSpeeds } from '../../../src/main/studies/speeds.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { epochRow, temporaryFolder } from '../../helpers/records.ts';

const params = paramsSchema.parse({});
const silent: StudyContext = {
  cwd: '/',
  signal: new AbortController().signal,
  now: () => '',
  newId: () => '',
  say: () => undefined,
  showProgress: () => ({ update: () => undefined, stop: () => undefined }),
  openWorker: () => Promise.reject(new Error('not asked for here')),
};

describe('the speed of a run', () => {
  it('is told by its own reports, cached images and the first epoch left out', () => {
    let nowMs = 0;
    const meter = new SpeedMeter(() => nowMs);
    const context = meter.listenTo(silent);
    const at = (ms: number, step: string, done: number): void => {
      nowMs = ms;
      context.showProgress().update({ step, done, total: 100, fraction: 0 });
    };
    at(1000, 'Extracting features', 50);
    at(2000, 'Extracting features', 100);
    for (const [epoch, ms] of [3000, 3100, 3200].entries()) {
      nowMs = ms;
      context.onEpoch?.('run', 0, { ...epochRow(epoch + 1), elapsed_ms: epoch === 0 ? 900 : 80 });
      context.onEpoch?.('run', 1, { ...epochRow(epoch + 1), elapsed_ms: 9999 });
    }
    at(4000, 'Predicting', 0);
    at(4500, 'Predicting', 100);
    at(4500, 'Bootstrap', 0);
    at(5500, 'Bootstrap', 1);
    const speeds = meter.measured({ pixels: 'net@224', epochWork: 800, resamples: 10 }, true);
    expect(speeds).toMatchObject({ features: { 'net@224': 50 }, evaluate: { 'net@224': 200 }, head: 10_000 });
    expect(speeds.epochRest).toBeCloseTo(0.02);
    expect(speeds.bootstrap).toBeCloseTo(1000);
    expect(speeds.rest).toBeCloseTo(5.5 - 1 - 0.5 - 1);
    expect(meter.measured({ pixels: 'net@224', epochWork: 800, resamples: 10 }, false).rest).toBeUndefined();
  });

  it('is kept beside what was known, and a damaged file is no speed', async () => {
    const state = temporaryFolder();
    expect(await readSpeeds(state)).toEqual(nothingMeasured);
    await saveSpeeds(state, { ...nothingMeasured, features: { 'a@224': 10 }, head: 5 });
    await saveSpeeds(state, { ...nothingMeasured, features: { 'b@96': 20 }, rest: 3 });
    expect(await readSpeeds(state)).toEqual({
      ...nothingMeasured,
      ...{ features: { 'a@224': 10, 'b@96': 20 }, head: 5, rest: 3 },
    });
    expect(JSON.parse(await readFile(join(state, 'cache/speed.json'), 'utf8'))).toMatchObject({ version: 1 });
  });

  it('of the same backbone and size is taken as it is, of another size scaled, else guessed with much doubt', () => {
    const measured = { ...nothingMeasured, features: { 'efficientnet-lite0@112': 400 }, head: 1e9 };
    const small = paramsSchema.parse({ image: { size: 112 } });
    expect(usedSpeeds(measured, small, 2)).toMatchObject({ features: 400, evaluate: 400, head: 1e9 });
    const scaled = usedSpeeds(measured, params, 2);
    expect(scaled).toMatchObject({ features: 100, basis: expect.stringContaining('scaled to 224 pixels') });
    const guessed = usedSpeeds(measured, paramsSchema.parse({ backbone: { name: 'vgg16' } }), 2);
    expect(guessed.basis).toMatch(/^Nothing was measured on this machine for vgg16/);
    expect(guessed.doubt).toBeGreaterThan(scaled.doubt);
    expect(scaled.doubt).toBeGreaterThan(usedSpeeds(measured, small, 2).doubt);
    expect(headWork(10, 100, 64, 4)).toBeGreaterThan(headWork(10, 100, 0, 4));
  });
});

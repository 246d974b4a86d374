import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Checkpoint, loadLatestCheckpoint, saveCheckpoint } from '../../../src/pipeline/training/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function checkpointOf(epoch: number): Checkpoint {
  const layers = (start: number) =>
    new Map([
      ['hidden', { shape: [3, 2], data: Float32Array.from([start, -0, 1e-40, Math.PI, 1 / 3, -start]) }],
      ['output', { shape: [2, 1], data: Float32Array.from([start, 0.1]) }],
      ['block1_conv/kernel', { shape: [1, 1, 2, 1], data: Float32Array.from([0.5, start]) }],
    ]);
  return {
    fingerprint: { 'The split': 'abc' },
    epoch,
    step: epoch * 4,
    watch: { bestValue: 0.1 + epoch, bestEpoch: epoch, stale: 0 },
    parameters: layers(epoch),
    firstMoments: layers(epoch + 0.1),
    secondMoments: layers(epoch + 0.2),
    bestParameters: layers(epoch + 0.3),
  };
}

describe('checkpoints', () => {
  it('come back bit by bit, the newest first', async () => {
    expect(await loadLatestCheckpoint(join(folder, 'none'))).toBeUndefined();
    for (const epoch of [1, 2, 10]) await saveCheckpoint(folder, checkpointOf(epoch));
    expect(await loadLatestCheckpoint(folder)).toEqual(checkpointOf(10));
    expect((await readdir(folder)).sort()).toEqual(['epoch-0002', 'epoch-0010']);
    expect((await readdir(join(folder, 'epoch-0010'))).sort()).toEqual(['manifest.json', 'state.json', 'weights.bin']);
  });

  it('of an abandoned run do not outlive the first one of the next', async () => {
    for (const epoch of [8, 9]) await saveCheckpoint(folder, checkpointOf(epoch));
    await saveCheckpoint(folder, checkpointOf(1));
    expect(await readdir(folder)).toEqual(['epoch-0001']);
  });

  it.each(['manifest.json', 'state.json', 'weights.bin'])(
    '[C4] with one byte of %s changed, cut off or missing are passed over',
    async (name) => {
      for (const epoch of [3, 4]) await saveCheckpoint(folder, checkpointOf(epoch));
      const path = join(folder, 'epoch-0004', name);
      const whole = await readFile(path);
      for (let at = 0; at < whole.length; at += 7) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ 0x10;
        await writeFile(path, bytes);
        expect((await loadLatestCheckpoint(folder))?.epoch).toBe(3);
      }
      await writeFile(path, whole);
      expect((await loadLatestCheckpoint(folder))?.epoch).toBe(4);
      await truncate(path, whole.length - 2);
      expect((await loadLatestCheckpoint(folder))?.epoch).toBe(3);
      await rm(path);
      expect((await loadLatestCheckpoint(folder))?.epoch).toBe(3);
    },
  );

  it('[F1] that a killed writer left half-done are swept away', async () => {
    await saveCheckpoint(folder, checkpointOf(3));
    const torn = '.epoch-0004.01234567-89ab-cdef-0123-456789abcdef.tmp';
    await writeFile(join(folder, torn), 'half');
    expect((await loadLatestCheckpoint(folder))?.epoch).toBe(3);
    expect(await readdir(folder)).toEqual(['epoch-0003']);
  });
});

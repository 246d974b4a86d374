import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/pipeline/domain/random.ts';

const child = fileURLToPath(new URL('../../helpers/train-child.ts', import.meta.url));

interface Ended {
  readonly signal: string | null;
  readonly weights: string;
}

function runChild(preset: string, folder: string, kill: readonly (string | number)[] = []): Promise<Ended> {
  return new Promise((resolve) => {
    const running = execFile(process.execPath, [child, preset, folder, ...kill.map(String)], (_error, stdout) => {
      resolve({ signal: running.signalCode, weights: stdout });
    });
  });
}

async function reportedEpochs(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'epochs.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').slice(0, -1);
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hilum-kill-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** In rising epochs, so that each run gets past the kill before it. */
const random = randomFrom('kill-train', 1);
const kills = [
  [1, 'saving', random.below(1500)],
  [3, 'batch', 1 + random.below(3)],
  [5, 'recorded', 0],
];

describe.each([
  ['head', /^8x5:/],
  ['top-blocks', /^block1_conv\/kernel 3x3x3x4:/],
  ['all', /^block1_conv\/kernel 3x3x3x4:/],
] as const)('[F1] a training of preset %s that is killed with SIGKILL', (preset, weights) => {
  it('three times, resumed each time, ends in the bytes of the unbroken run with each epoch once', async () => {
    const unbroken = await runChild(preset, await mkdtemp(join(root, 'unbroken-')));
    expect(unbroken.signal).toBeNull();
    expect(unbroken.weights).toMatch(weights);
    const folder = await mkdtemp(join(root, 'killed-'));
    for (const kill of kills) expect((await runChild(preset, folder, kill)).signal).toBe('SIGKILL');
    expect(await runChild(preset, folder)).toEqual(unbroken);
    // A kill between record and checkpoint repeats an epoch: with the same figures, so that storing it again changes nothing.
    const lines = await reportedEpochs(folder);
    expect(lines.length).toBeGreaterThan(6);
    expect([...new Set(lines)].map((line) => JSON.parse(line).epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

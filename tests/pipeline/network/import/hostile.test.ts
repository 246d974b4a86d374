import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HilumError } from '../../../../src/pipeline/domain/errors.ts';
import { readForeign } from '../../../../src/pipeline/network/import/read.ts';
import { hostileCases } from './hostile.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-hostile-'));
});
afterAll(() => rm(folder, { recursive: true }));

const outcomes: string[] = [];

describe('[C1] [C2] [C3] networks that are refused', () => {
  it.each(hostileCases.map((each) => [each.name, each] as const))('%s', async (name, { code, make }) => {
    const path = await make(folder);
    const before = process.memoryUsage().rss;
    const error = await readForeign(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code });
    expect(process.memoryUsage().rss - before).toBeLessThan(512 * 2 ** 20);
    outcomes.push(`${name} | ${code} | ${error instanceof HilumError ? error.sentence : ''}`);
  });

  it('refuses each with a sentence and leaves no prototype changed', () => {
    expect(outcomes).toHaveLength(hostileCases.length);
    expect(Object.keys(Object.prototype)).toEqual([]);
    console.log(outcomes.join('\n'));
  });
});

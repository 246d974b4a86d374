import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDvcCache } from '../../../src/main/interop/dvc/cache.ts';
import { checkoutOuts } from '../../../src/main/studies/checkout-outs.ts';
import { keepMissingOuts, keepOuts } from '../../../src/main/studies/keep-outs.ts';
import { openHasher } from '../../../src/main/workspace/hashes.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import { readPipeline } from '../../../src/main/workspace/pipeline-file.ts';
import { lockStage, readStageLock } from '../../../src/main/workspace/stage-lock.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const pipeline = `stages:
  train: {cmd: hilum train, outs: [model, table.csv], metrics: [{metrics.json: {cache: false}}]}
`;

async function keptStudy() {
  const root = temporaryFolder();
  await initWorkspace(root, { source: 'in' });
  const at = (name: string): string => join(root, name);
  writeFileSync(at('dvc.yaml'), pipeline);
  mkdirSync(at('model'));
  for (const name of ['model/a', 'model/b', 'table.csv', 'metrics.json']) writeFileSync(at(name), name);
  const workspace = await openWorkspace(root);
  const [stage] = await readPipeline(workspace);
  if (stage === undefined) throw new Error('no stage');
  const [cache, hasher] = [await openDvcCache(root), await openHasher(at('.hilum/md5.json'))];
  const outs = await keepOuts(root, stage, cache, hasher);
  await lockStage(root, stage, { deps: [], paramTexts: new Map(), cmd: stage.cmd, outs });
  const oidOf = (path: string): string => String(outs.find((each) => each.path === path)?.md5);
  const checkout = async (targets: string[] = [], force = false) => {
    const done = await checkoutOuts(workspace, targets, { force });
    return Object.fromEntries(done.map(({ path, state }) => [path, state]));
  };
  return { root, at, cache, stage, hasher, oidOf, checkout };
}

describe('checkout of outputs', () => {
  it('restores what is missing or changed, and leaves the rest', async () => {
    const { at, checkout, cache } = await keptStudy();
    expect(await checkout()).toEqual({ 'metrics.json': 'unchanged', model: 'unchanged', 'table.csv': 'unchanged' });
    rmSync(at('table.csv'));
    writeFileSync(at('model/a'), 'edited');
    await cache.put(at('model'));
    rmSync(at('metrics.json'));
    expect(await checkout()).toEqual({ 'metrics.json': 'unkept', model: 'restored', 'table.csv': 'restored' });
    expect(readFileSync(at('model/a'), 'utf8')).toBe('model/a');
  });

  it('does not overwrite what is in no cache unasked, and then changes nothing at all', async () => {
    const { at, checkout } = await keptStudy();
    rmSync(at('model'), { recursive: true });
    writeFileSync(at('table.csv'), 'work of mine');
    await expect(checkout()).rejects.toMatchObject({ code: 'dvc/would-overwrite', facts: { path: 'table.csv' } });
    expect(existsSync(at('model'))).toBe(false);
    expect(await checkout(['model/'])).toEqual({ model: 'restored' });
    expect(await checkout(['train'], true)).toMatchObject({ 'table.csv': 'restored' });
  });

  it('names a corrupt and a missing object, and restores the others', async () => {
    const { at, cache, checkout, oidOf, root, stage, hasher } = await keptStudy();
    const object = cache.pathOf(oidOf('table.csv'));
    chmodSync(object, 0o644);
    writeFileSync(object, 'bad');
    rmSync(at('table.csv'));
    rmSync(at('model'), { recursive: true });
    expect(await checkout()).toMatchObject({ model: 'restored', 'table.csv': 'corrupt' });
    rmSync(object);
    expect(await checkout()).toMatchObject({ model: 'unchanged', 'table.csv': 'missing' });
    // What is there as the lock says goes into a cache that lost it.
    writeFileSync(at('table.csv'), 'table.csv');
    const locked = (await readStageLock(root)).train;
    if (locked !== undefined) await keepMissingOuts(root, stage, locked, hasher);
    expect(await cache.isWhole(oidOf('table.csv'))).toBe(true);
  });

  it('an unknown target is named', async () => {
    const { checkout } = await keptStudy();
    await expect(checkout(['modle'])).rejects.toMatchObject({
      code: 'dvc/unknown-target',
      facts: { target: 'modle', nearest: 'model' },
    });
  });
});

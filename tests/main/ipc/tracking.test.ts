import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecords } from '../../../src/main/records/index.ts';
import { testCore } from '../../helpers/core.ts';
import { fakeMlflow } from '../../helpers/fake-mlflow.ts';
import { addRun } from '../../helpers/runs.ts';

const unset = { uri: null, experiment: null, live: null, artefacts: 'without-names' } as const;

async function coreWithRun() {
  const core = await testCore();
  const { root } = (await core.ask('app/state', {})).workspace;
  const records = openRecords(join(root, '.hilum', 'hilum.db'));
  addRun(records, { losses: [0.9, 0.5] });
  records.close();
  return { ...core, root, config: join(root, 'config.yaml') };
}

describe('the tracking server of a workspace', () => {
  it('is set in config.yaml with its comments kept, tested, and sent what waits', async () => {
    const fake = await fakeMlflow();
    const { ask, ended, config } = await coreWithRun();
    const before = readFileSync(config, 'utf8');
    expect(await ask('tracking/get', {})).toMatchObject({ written: unset, server: null, waiting: null, live: false });
    await ask('tracking/save', unset);
    expect(readFileSync(config, 'utf8')).toBe(before);
    await ask('tracking/save', { ...unset, uri: fake.url, experiment: 'kidney' });
    const after = readFileSync(config, 'utf8');
    expect(after).toContain('# What this study is about');
    expect(after).toContain('experiment: kidney');
    expect(await ask('tracking/get', {})).toMatchObject({
      server: fake.url,
      from: 'config.yaml',
      waiting: 1,
      lastSent: null,
    });
    expect(await ask('tracking/test', {})).toMatchObject({ version: '3.17.2', isThere: false });
    expect((await ended((await ask('tracking/sync', {})).job)).state).toBe('completed');
    expect(await ask('tracking/get', {})).toMatchObject({ waiting: 0, lastSent: expect.any(String) });
    expect(fake.runs.size).toBe(1);
    await ask('tracking/save', unset);
    expect(await ask('tracking/get', {})).toMatchObject({ server: null });
  });

  it('with a password in its address, or none at all, is refused and nothing is changed', async () => {
    const { ask, config } = await coreWithRun();
    const before = readFileSync(config, 'utf8');
    await expect(ask('tracking/save', { ...unset, uri: 'http://u:p@h' })).rejects.toThrow('tracking/secret-in-address');
    await expect(ask('tracking/save', { ...unset, uri: 'databricks' })).rejects.toThrow('tracking/bad-address');
    for (const channel of ['tracking/sync', 'tracking/test'] as const) {
      await expect(ask(channel, {})).rejects.toThrow('tracking/no-address');
    }
    await expect(ask('tracking/token', { token: 'x' })).rejects.toThrow('tracking/no-address');
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('an address that somebody broke is told where it stands', async () => {
    const { ask, config, root } = await coreWithRun();
    writeFileSync(config, `${readFileSync(config, 'utf8')}\ntracking: { uri: "file:///x" }\n`);
    await ask('workspace/open', { path: root });
    expect(await ask('tracking/get', {})).toMatchObject({ server: null, problem: { code: 'tracking/bad-address' } });
  });

  it('that fails ends the job with its code', async () => {
    const fake = await fakeMlflow();
    fake.fault = () => ({ status: 401 });
    const { ask, ended } = await coreWithRun();
    await ask('tracking/save', { ...unset, uri: fake.url });
    expect(await ended((await ask('tracking/sync', {})).job)).toMatchObject({
      state: 'failed',
      error: { code: 'tracking/denied' },
    });
  });
});

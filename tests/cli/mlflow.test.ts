import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../src/main/records/index.ts';
import { hasTensorflow, hilum } from '../helpers/cli.ts';
import { fakeMlflow } from '../helpers/fake-mlflow.ts';
import { buildHilum } from '../helpers/hilum.ts';
import { temporaryFolder } from '../helpers/records.ts';
import { addRun } from '../helpers/runs.ts';
import { makeStudy } from '../system/phantom-study.ts';

const token = 'tok-77aa-SECRET';

/** A workspace with one run, and how to run a command in it. */
async function workspace(url: string) {
  const cwd = join(temporaryFolder(), 'kidney');
  mkdirSync(cwd);
  const env = {
    XDG_DATA_HOME: join(cwd, '.user'),
    HILUM_KEYCHAIN: 'off',
    MLFLOW_TRACKING_URI: url,
    MLFLOW_TRACKING_TOKEN: token,
  };
  const run = (...words: string[]) => hilum(words, { cwd, env });
  await run('init', '.');
  const records = openRecords(join(cwd, '.hilum', 'hilum.db'));
  const id = addRun(records, { losses: [0.9, 0.5], figures: { 'scan/auc': 0.75 } });
  records.close();
  return { cwd, run, id };
}

describe('hilum mlflow', () => {
  beforeAll(buildHilum);

  it('test makes nothing, sync sends once, import leaves own runs out', async () => {
    const fake = await fakeMlflow();
    const { run, id } = await workspace(fake.url);
    const tested = await run('mlflow', 'test', '--json');
    expect(JSON.parse(tested.stdout)).toMatchObject({
      version: '3.17.2',
      secret: 'environment',
      experiment: 'kidney',
      isThere: false,
    });
    expect(fake.experiments.size).toBe(0);
    const first = await run('mlflow', 'sync', '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ sent: [{ run: id }], up_to_date: 0 });
    const second = await run('mlflow', 'sync', '--run', id.slice(0, 6), '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ sent: [], up_to_date: 1 });
    const imported = await run('mlflow', 'import', '--json');
    expect(JSON.parse(imported.stdout)).toMatchObject({ added: [], own_runs: 1 });
    for (const { stdout, stderr } of [tested, first, second, imported])
      expect(`${stdout}${stderr}`).not.toContain(token);
    expect(fake.requests.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
  });

  it('a refused run is told and ends with 3, a server that refuses all with 2', async () => {
    const fake = await fakeMlflow();
    const { run, id } = await workspace(fake.url);
    fake.fault = ({ path }) =>
      path.endsWith('log-batch') ? { status: 400, body: '{"error_code":"INVALID_PARAMETER_VALUE"}' } : undefined;
    const refused = await run('mlflow', 'sync', '--json');
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({ refused: [{ run: id, code: 'tracking/refused' }] });
    fake.fault = () => ({ status: 403 });
    const denied = await run('mlflow', 'sync');
    expect([denied.code, denied.stderr]).toEqual([2, expect.stringContaining('tracking/denied')]);
  });

  it('says what is missing: an address, a plain one, a token, a keychain', async () => {
    const { cwd, run } = await workspace('');
    expect((await run('mlflow', 'sync')).stderr).toContain('tracking/no-address');
    const config = join(cwd, 'config.yaml');
    writeFileSync(config, `${readFileSync(config, 'utf8')}\ntracking: { uri: "http://u:${token}@127.0.0.1:1" }\n`);
    const { code, stderr } = await run('mlflow', 'test');
    expect([code, stderr]).toEqual([2, expect.stringContaining('tracking/secret-in-address')]);
    expect(stderr).not.toContain(token);
    writeFileSync(config, readFileSync(config, 'utf8').replace(`u:${token}@`, ''));
    expect((await run('mlflow', 'login')).stderr).toContain('tracking/no-token');
  });

  it.skipIf(!hasTensorflow)('sends a run while it is trained and evaluated; sync sends the rest, once', async () => {
    const fake = await fakeMlflow();
    const cwd = await makeStudy(temporaryFolder(), { epochs: 4 });
    const env = { XDG_DATA_HOME: join(cwd, '.user'), HILUM_KEYCHAIN: 'off', MLFLOW_TRACKING_URI: fake.url };
    const reproduced = await hilum(['repro'], { cwd, env });
    expect(reproduced.code, reproduced.stderr).toBe(0);
    expect(reproduced.stderr).not.toContain('MLflow');
    const trained = [...fake.runs.values()].find(({ tags }) => tags.get('hilum.kind') === 'train');
    const losses = () => trained?.points.filter(({ key }) => key === 'validation_loss').map(({ step }) => step);
    expect(losses()?.length).toBeGreaterThan(0);
    // The end of a command waits for a moment only: on a busy machine something may be left for sync.
    expect((await hilum(['mlflow', 'sync'], { cwd, env })).code).toBe(0);
    expect(losses()).toEqual([1, 2, 3, 4]);
    expect(trained?.status).toBe('FINISHED');
    expect(trained?.points.some(({ key }) => key === 'scan/balanced_accuracy')).toBe(true);
    const again = await hilum(['mlflow', 'sync', '--json'], { cwd, env });
    expect(JSON.parse(again.stdout)).toMatchObject({ sent: [], up_to_date: fake.runs.size });
  });

  it('config.yaml takes no token', async () => {
    const { cwd, run } = await workspace('');
    const config = join(cwd, 'config.yaml');
    writeFileSync(
      config,
      `${readFileSync(config, 'utf8')}\ntracking: { uri: "http://127.0.0.1:1", token: ${token} }\n`,
    );
    const { code, stderr } = await run('mlflow', 'test');
    expect([code, stderr]).toEqual([2, expect.stringContaining('config/unknown-key')]);
    expect(stderr).not.toContain(token);
  });
});

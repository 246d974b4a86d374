import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openRecords } from '../../src/main/records/index.ts';
import { gateCheckSchema, promotionSchema } from '../../src/pipeline/domain/registry.ts';
import { untilDone } from '../helpers/batch-watch.ts';
import { hilum, textOf } from '../helpers/cli.ts';
import { buildHilum, startHilum } from '../helpers/hilum.ts';
import { keepResults, type RegistryStudy, registryStudy, type StoredModel } from '../helpers/registry.ts';
import { addRun } from '../helpers/runs.ts';
import { drawScans } from '../helpers/scans.ts';
import { flipByte } from '../helpers/tiny-model.ts';

let folder: string;
let studies = 0;
beforeAll(async () => {
  buildHilum();
  folder = await mkdtemp(join(tmpdir(), 'hilum-registry-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const poor: StoredModel = { name: 'poor', right: 0.5 };
const good: StoredModel = { name: 'good', right: 1 };
const leaky: StoredModel = { name: 'leaky', right: 1, leaky: true };

interface Opened extends RegistryStudy {
  run(...words: string[]): ReturnType<typeof hilum>;
  /** Changes a byte of a model in the store. */
  breakModel(version: number, file?: string): Promise<void>;
  removeModel(version: number): void;
}

const open = 'registry:\n  gates:\n    trust: false\n';

async function study(models: readonly StoredModel[], config = open): Promise<Opened> {
  const made = await registryStudy(join(folder, String(++studies)), models, config);
  const env = { XDG_DATA_HOME: join(made.root, '..', 'user-data'), HILUM_KEY_PASSPHRASE: 'correct horse battery' };
  const place = (version: number): string => join(made.root, '.hilum', 'models', made.seals[version - 1] ?? '');
  return {
    ...made,
    run: (...words) => hilum(words, { cwd: made.root, env }),
    breakModel: (version, file = 'weights.bin') => flipByte(join(place(version), file)),
    removeModel: (version) => rmSync(place(version), { recursive: true }),
  };
}

const reportSchema = z.object({ passed: z.boolean(), checks: z.array(gateCheckSchema) });

/** The verdict of each gate on a version. */
async function gatesOf({ run }: Opened, version: string, ...words: string[]) {
  const { code, stdout } = await run('models', 'gate', version, '--json', ...words);
  const { passed, checks } = reportSchema.parse(JSON.parse(stdout));
  expect(code).toBe(passed ? 0 : 4);
  return Object.fromEntries(checks.map((each) => [each.check, each]));
}

describe('gates', () => {
  it('each is told with its numbers; a model that meets them becomes champion, and no champion is said to be none', async () => {
    const opened = await study([good]);
    const gates = await gatesOf(opened, 'v1');
    expect(Object.values(gates).map(({ check, passed, required }) => [check, passed, required])).toEqual([
      ['whole', true, true],
      ['honest', true, true],
      ['self_test', true, true],
      ['calibrated', true, true],
      ['trust', false, false],
      ['sensitivity', true, false],
      ['duel', true, true],
      ['signature', false, false],
    ]);
    expect(gates.duel?.reason).toBe('There is no champion to be compared with.');
    expect(gates.whole?.figures).toMatchObject({ files: 8, seal: opened.seals[0] });
    expect(gates.self_test?.figures).toEqual({ golden: 2 });
    expect(gates.calibrated?.figures).toMatchObject({ ece_before: 0.3, ece_after: 0.1, patient_groups: 10 });
    expect(gates.sensitivity?.reason).toMatch(/^No minimum is set\. By scan: Cyst 1 of 8 scans, low end 0\.63/);
    const promoted = await opened.run('models', 'promote', 'v1');
    expect(promoted.code, promoted.stderr).toBe(0);
    expect(promoted.stdout).toMatch(/good .*\(v1\) is champion now\./);
  });

  it.each([
    ['honest', leaky, open],
    ['self_test', { ...good, wrongGolden: true }, open],
    ['calibrated', { ...good, calibrated: false }, open],
    ['trust', good, ''],
    ['sensitivity', good, `${open}    min_sensitivity: 0.8\n`],
    ['sensitivity', { ...good, right: null }, `${open}    min_sensitivity: 0.1\n`],
    ['sensitivity', good, `${open}    min_sensitivity: {Tumor: 0.1}\n`],
    ['signature', good, `${open}  require_signature: true\n`],
  ] as const)(
    '%s stops a promotion alone: exit 4 with its numbers, and nothing changes',
    async (gate, model, config) => {
      const { run } = await study([model], config);
      const { code, stdout } = await run('models', 'promote', 'v1', '--json');
      expect(code).toBe(4);
      const { promoted, checks } = reportSchema.extend({ promoted: z.boolean() }).parse(JSON.parse(stdout));
      expect(promoted).toBe(false);
      expect(checks.filter(({ passed, required }) => required && !passed).map(({ check }) => check)).toEqual([gate]);
      expect(Object.keys(checks.find(({ check }) => check === gate)?.figures ?? {})).not.toEqual([]);
      expect((await run('models', 'history')).stdout).toContain('Nothing was promoted yet.');
    },
  );

  it('are asked of the run that was evaluated, where the same training was done twice', async () => {
    const opened = await study([{ ...good, right: null }]);
    const records = openRecords(join(opened.root, '.hilum', 'hilum.db'), { newId: () => 'again' });
    addRun(records, { run: { name: 'again' } });
    records.close();
    keepResults(join(opened.root, '.hilum'), 'again', opened.seals[0] ?? '', 1);
    expect((await gatesOf(opened, 'v1')).sensitivity?.reason).toContain('Cyst 1 of 8 scans');
  });

  it('minimum sensitivity: by the value or the low end of the interval, one number or one a class', async () => {
    const opened = await study([good], `${open}    min_sensitivity: 0.8\n`);
    const byBound = (await gatesOf(opened, 'v1')).sensitivity;
    expect(byBound).toMatchObject({ passed: false, figures: { Cyst: 1, 'Cyst scans': 8, 'Cyst asked': 0.8 } });
    expect(byBound?.figures['Cyst low']).toBeCloseTo(0.6306, 4);
    expect(byBound?.reason).toContain('Cyst 1 of 8 scans, low end 0.6306 (0.8000 asked: FAILS)');
    appendFileSync(join(opened.root, 'config.yaml'), '    lower_bound: false\n');
    expect((await gatesOf(opened, 'v1')).sensitivity?.passed).toBe(true);
    writeFileSync(join(opened.root, 'config.yaml'), `${open}    min_sensitivity: {Cyst: 0.6, Stone: 0.66}\n`);
    expect((await gatesOf(opened, 'v1')).sensitivity?.passed).toBe(true);
    writeFileSync(join(opened.root, 'config.yaml'), `${open}    min_sensitivity: {Cyst: 0.6, Stone: 0.67}\n`);
    expect((await gatesOf(opened, 'v1')).sensitivity?.passed).toBe(false);
  });

  it('trust passes after the test; a signature after signing; a duel lost fails, won or drawn passes', async () => {
    const opened = await study([good, poor, { ...good, name: 'same' }], 'registry:\n  require_signature: true\n');
    const { run } = opened;
    expect((await gatesOf(opened, 'v1')).trust).toMatchObject({ passed: false, required: true });
    await run('models', 'trust', 'v1');
    expect((await run('keys', 'make', '--name', 'Radiology', '--file', 'key.pem')).code).toBe(0);
    const signed = await run('models', 'sign', 'v1');
    expect(signed.code, signed.stderr).toBe(0);
    const promoted = await run('models', 'promote', 'v1');
    expect(promoted.code, promoted.stdout + promoted.stderr).toBe(0);
    const lost = (await gatesOf(opened, 'v2')).duel;
    expect(lost).toMatchObject({ passed: false, figures: { margin: 0.05, on: 'runs' } });
    expect(lost?.reason).toContain('is worse than');
    expect((await gatesOf(opened, 'v3')).duel).toMatchObject({ passed: true, figures: { difference: 0, low: 0 } });
    expect((await gatesOf(opened, 'v1', '--against', 'v2')).duel?.reason).toContain('is better than');
    expect((await gatesOf(opened, 'v1')).duel?.reason).toContain('Both sides are the same');
  });
});

const movesOf = async ({ run }: Opened) =>
  z.array(promotionSchema).parse(JSON.parse((await run('models', 'history', '--json')).stdout));

describe('overriding', () => {
  it('needs a reason, is recorded for ever, and is told as long as the model stands there', async () => {
    const opened = await study([good, leaky]);
    const { run } = opened;
    await run('models', 'promote', 'v1');
    for (const words of [['--override'], ['--override', '--why', '  '], ['--why', 'text']]) {
      expect((await run('models', 'promote', 'v2', ...words)).code).toBe(2);
    }
    const done = await run('models', 'promote', 'v2', '--override', '--why', 'for the lecture');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('Before: v1. OVERRIDDEN (honest): for the lecture.');
    expect((await run('models', 'list')).stdout).toContain('champion (gate overridden)');
    const [move] = await movesOf(opened);
    expect(move).toMatchObject({ version: 2, previous: 1, override: 'for the lecture', deed: 'promote' });
    expect(move?.gates.find(({ check }) => check === 'honest')).toMatchObject({ passed: false, required: true });
    await run('models', 'rollback', 'champion');
    expect((await run('models', 'list')).stdout).not.toContain('overridden');
    expect((await run('models', 'history')).stdout).toContain('OVERRIDDEN honest: for the lecture');
    // A gate that was passed needs no override, and none is recorded.
    await run('models', 'clear', 'champion');
    await run('models', 'promote', 'v1', '--override', '--why', 'to be safe');
    expect((await movesOf(opened))[0]).toMatchObject({ version: 1, override: null });
  });

  it('[C4] never helps a model with a changed byte or wrong answers', async () => {
    const opened = await study([good, { ...good, name: 'wrong', wrongGolden: true }]);
    await opened.breakModel(1);
    for (const version of ['v1', 'v2']) {
      const refused = await opened.run('models', 'promote', version, '--override', '--why', 'all the same');
      expect(refused.code).toBe(4);
      expect(refused.stdout).toContain('No override helps here');
    }
    expect(await movesOf(opened)).toEqual([]);
  });

  it('a challenger need only be whole and honest, and is challenger no longer as champion', async () => {
    const opened = await study([{ ...poor, calibrated: false, right: null }, leaky, good]);
    const { run } = opened;
    expect((await run('models', 'promote', 'v1', '--as', 'challenger')).code).toBe(0);
    const refused = await run('models', 'promote', 'v2', '--as', 'challenger');
    expect(refused.code).toBe(4);
    expect(refused.stdout).toMatch(/FAIL +honest/);
    await run('models', 'promote', 'v3', '--as', 'challenger');
    await run('models', 'promote', 'challenger');
    expect((await movesOf(opened)).slice(0, 2)).toMatchObject([
      { alias: 'challenger', version: null, deed: 'clear' },
      { alias: 'champion', version: 3, deed: 'promote' },
    ]);
    expect((await run('models', 'show', 'challenger')).stderr).toContain('registry/no-alias');
    expect((await run('models', 'promote', 'v3', '--as', 'challenger')).stderr).toContain('registry/already-there');
  });
});

describe('rolling back', () => {
  it('goes to the version before in one step, then one further, never to what is gone or damaged', async () => {
    const same = (name: string): StoredModel => ({ ...good, name });
    const opened = await study([same('a'), same('b'), same('c'), same('d')]);
    const { run } = opened;
    for (const version of ['v1', 'v2', 'v3', 'v4']) expect((await run('models', 'promote', version)).code).toBe(0);
    expect((await run('models', 'rollback', 'champion')).stdout).toContain(
      'champion is v3 again; before this it was v4.',
    );
    await opened.breakModel(2);
    const second = await run('models', 'rollback', 'champion');
    expect(second.code, second.stderr).toBe(0);
    expect(second.stdout).toContain('v2 was passed over: weights.bin was changed');
    expect(second.stdout).toContain('champion is v1 again');
    expect((await run('models', 'rollback', 'champion')).stderr).toContain('registry/nothing-before');
    await run('models', 'promote', 'v4');
    opened.removeModel(1);
    const none = await run('models', 'rollback', 'champion');
    expect(none.code).toBe(4);
    expect(none.stderr).toContain('The files of v1 were deleted');
    expect((await movesOf(opened)).map(({ deed, version }) => `${deed} ${version}`)).toEqual([
      'promote 4',
      'rollback 1',
      'rollback 3',
      ...['promote 4', 'promote 3', 'promote 2', 'promote 1'],
    ]);
  });
});

describe('a champion that is damaged', () => {
  it.each(['seal.json', 'card.json', 'weights.bin'])(
    'in %s can be rolled back from and replaced, and is never rolled back to',
    async (file) => {
      const opened = await study([good, { ...good, name: 'next' }]);
      const { run } = opened;
      await run('models', 'promote', 'v1');
      await run('models', 'promote', 'v2');
      await opened.breakModel(2, file);
      expect((await run('classify', '.', '--out', 'o.csv')).code).toBe(4);
      expect((await run('models', 'rollback', 'champion')).stdout).toContain('champion is v1 again');
      await opened.breakModel(2, file);
      await run('models', 'promote', 'v2');
      await opened.breakModel(1, file);
      expect((await run('models', 'rollback', 'champion')).code).toBe(4);
      await opened.breakModel(2, file);
      await opened.breakModel(1, file);
      const replaced = await run('models', 'promote', 'v1');
      expect(replaced.code, replaced.stdout + replaced.stderr).toBe(0);
    },
  );
});

describe('models by name', () => {
  it('champion, challenger and v2 are understood wherever a model is named', async () => {
    const { root, run, seals } = await study([good, poor]);
    await run('models', 'promote', 'v1');
    await run('models', 'promote', 'v2', '--as', 'challenger');
    const scans = await drawScans(join(root, '..', 'scans'), 3);
    for (const words of [
      ['models', 'show', 'champion'],
      ['models', 'verify', 'v1'],
      ['models', 'card', 'champion'],
      ['models', 'trust', 'champion'],
      ['explain', join(scans, 'image 0001.png'), '--model', 'champion', '--out', 'maps'],
    ]) {
      const { code, stdout, stderr } = await run(...words, '--json');
      expect([0, 4], stderr).toContain(code);
      expect(stdout, words.join(' ')).toContain(seals[0]);
    }
    expect((await run('models', 'answering', 'challenger', '--json')).stdout).toContain(seals[1]);
    const duel = JSON.parse((await run('duel', 'challenger', 'champion', '--json')).stdout);
    expect(duel).toMatchObject({ ids: { a: 'r2', b: 'r1' } });
    for (const model of ['v3', 'v0', 'champion2']) {
      expect((await run('classify', '../scans', '--out', 'o.csv', '--model', model)).code, model).toBe(2);
    }
    const named = await run('classify', '../scans', '--out', 'o.csv', '--model', 'challenger');
    expect(named.stderr).toMatch(/Model: poor .*\(challenger, v2\)\./);
    // Whoever names no model gets the champion.
    expect((await run('classify', '../scans', '--out', 'o.csv')).stderr).toMatch(/Model: good .*\(champion, v1\)\./);
  });

  it('[C4] a missing champion says what to do; a tampered one is refused, not replaced', async () => {
    const opened = await study([good]);
    const { run, root } = opened;
    await drawScans(join(root, '..', 'scans'), 2);
    const classify = (...words: string[]) => run('classify', '../scans', '--out', 'o.csv', ...words);
    const missing = await classify('--model', 'champion');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('`hilum models promote v1 --as champion`');
    await run('models', 'promote', 'v1');
    await opened.breakModel(1);
    for (const words of [['--model', 'champion'], []]) {
      const refused = await classify(...words);
      expect(refused.code).toBe(4);
      expect(refused.stderr).toContain('weights.bin');
    }
    opened.removeModel(1);
    expect((await classify()).stderr).toContain('registry/model-gone');
    expect((await run('models', 'list')).stdout).toMatch(/v1 +champion +gone/);
  });

  it.skipIf(process.platform === 'win32')('a workspace that cannot be written in has a champion too', async () => {
    const { root, run } = await study([good]);
    await run('models', 'promote', 'v1');
    const around = join(root, '..');
    const scans = await drawScans(join(around, 'scans'), 2);
    mkdirSync(join(around, 'open'));
    for (const [path, mode] of [
      [folder, 0o755],
      [join(around, 'open'), 0o777],
      [root, 0o555],
      [join(root, '.hilum'), 0o555],
      [join(root, '.hilum', 'hilum.db'), 0o444],
    ] as const) {
      chmodSync(path, mode);
    }
    const words = ['classify', scans, '--out', '../open/o.csv', '--records', '../open/records'];
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {};
    const { code, stderr } = await hilum(words, { cwd: root, env: { XDG_DATA_HOME: join(around, 'open') }, ...nobody });
    for (const path of [root, join(root, '.hilum')]) chmodSync(path, 0o755);
    expect(stderr).toMatch(/Model: good .*\(champion, v1\)\./);
    expect(code).toBe(3);
  });

  it('a batch that champion began and that was killed goes on with its own model after a promotion, and says so', async () => {
    const { root, run, seals } = await study([good, { ...good, name: 'next' }]);
    const scans = await drawScans(join(root, '..', 'many'), 900);
    await run('models', 'promote', 'v1');
    const words = ['classify', scans, '--out', 'o.json', '--model', 'champion'];
    const running = startHilum(root, words);
    let over = false;
    void running.ended.then(() => {
      over = true;
    });
    expect(await untilDone(join(root, '.hilum', 'hilum.db'), 20, () => over)).toBeLessThan(900);
    running.killGroup();
    await running.ended;
    expect((await run('models', 'promote', 'v2')).code).toBe(0);
    // One that is named goes on with nothing but itself.
    const other = await run('classify', scans, '--out', 'o.json', '--model', 'v2', '--resume');
    expect(other.stderr).toContain('batch/changed');
    for (const model of [['--model', 'champion'], []]) {
      const resumed = await run('classify', scans, '--out', 'o.json', ...model, '--resume');
      expect(resumed.code, resumed.stderr).toBe(3);
      expect(resumed.stderr).toContain(`seal ${seals[0]?.slice(0, 12)}, which was champion when the batch was started`);
    }
    expect(JSON.parse(textOf(join(root, 'o.json'))).rows).toHaveLength(901);
    const anew = await run(...words);
    expect(anew.stderr).toMatch(/Model: next .*\(champion, v2\)\./);
  });

  it('tags and notes are kept with the version; a model without one is told what it lacks', async () => {
    const { run } = await study([good]);
    expect((await run('models', 'tag', 'v1', 'ct', 'phase 2')).stdout).toBe('v1: ct, phase 2\n');
    expect((await run('models', 'tag', 'v1', '--remove', 'ct')).stdout).toBe('v1: phase 2\n');
    await run('models', 'note', 'v1', 'first of its kind');
    expect((await run('models', 'note', 'v1')).stdout).toBe('v1: first of its kind\n');
    expect((await run('models', 'list')).stdout).toContain('phase 2');
    const bundled = JSON.parse((await run('models', 'list', '--json')).stdout).at(-1);
    expect((await run('models', 'promote', bundled.folder)).stderr).toContain('registry/no-version');
    const outside = await hilum(['models', 'verify', 'champion'], { cwd: folder });
    expect(outside.stderr).toContain('registry/no-workspace');
  });
});

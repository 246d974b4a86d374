import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHasher } from '../../../src/main/workspace/hashes.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import { readPipeline } from '../../../src/main/workspace/pipeline-file.ts';
import { entriesOf, lockStage, readStageInputs, readStageLock } from '../../../src/main/workspace/stage-lock.ts';
import { stageChange } from '../../../src/main/workspace/stage-status.ts';
import { temporaryFolder } from '../../helpers/records.ts';

async function workspaceWith(pipeline: string, source = 'images') {
  const root = temporaryFolder();
  await initWorkspace(root, { source });
  writeFileSync(join(root, 'dvc.yaml'), pipeline);
  return openWorkspace(root);
}

describe('readPipeline', () => {
  it('fills in variables, sorts paths, and puts makers before users', async () => {
    const workspace = await workspaceWith(`vars: [config.yaml, {name: b}]
stages:
  second: {cmd: two, deps: ["\${artifacts}/x/y.csv", "\${name}"], metrics: [{m.json: {cache: false}}], plots: [p]}
  first: {cmd: one, deps: ["\${source}"], outs: ["\${artifacts}/x"], params: [seed, other.yaml: [k]]}
`);
    const stages = await readPipeline(workspace);
    expect(stages.map(({ name }) => name)).toEqual(['first', 'second']);
    expect(stages[0]).toMatchObject({ deps: ['images'], outs: ['artifacts/x'] });
    expect(stages[0]?.params).toEqual(
      new Map([
        ['params.yaml', ['seed']],
        ['other.yaml', ['k']],
      ]),
    );
    expect(stages[1]).toMatchObject({ deps: ['artifacts/x/y.csv', 'b'], outs: ['m.json', 'p'] });
  });

  it('an address is no dependency on disk', async () => {
    const workspace = await workspaceWith(
      `vars: [config.yaml]\nstages: {a: {cmd: x, deps: ["\${source}"]}}\n`,
      'https://example.org/a.zip',
    );
    expect((await readPipeline(workspace))[0]?.deps).toEqual([]);
  });

  it('names a variable without a value, and stages in a circle', async () => {
    const missing = await workspaceWith(`stages: {a: {cmd: "\${nothing}"}}\n`);
    await expect(readPipeline(missing)).rejects.toMatchObject({ code: 'config/bad-value', facts: { key: 'stages.a' } });
    const circle = await workspaceWith(
      'stages: {a: {cmd: x, deps: [p], outs: [q]}, b: {cmd: y, deps: [q], outs: [p]}}\n',
    );
    await expect(readPipeline(circle)).rejects.toMatchObject({
      facts: { key: 'a, b', what: 'the stages form a circle' },
    });
  });
});

describe('stage lock', () => {
  const pipeline = 'stages:\n  a: {cmd: make, deps: [in.txt], params: [split.test, seed], outs: [out.txt]}\n';

  async function locked() {
    const workspace = await workspaceWith(pipeline);
    const { root } = workspace.paths;
    writeFileSync(join(root, 'in.txt'), 'in');
    writeFileSync(join(root, 'out.txt'), 'out');
    const [stage] = await readPipeline(workspace);
    if (stage === undefined) throw new Error('no stage');
    const hasher = await openHasher(join(root, '.hilum', 'md5.json'));
    const lock = async () => {
      const inputs = await readStageInputs(root, stage, hasher);
      const outs = await entriesOf(root, stage.outs, hasher);
      await lockStage(root, stage, { ...inputs, cmd: stage.cmd, outs });
    };
    await lock();
    const change = async () => stageChange(root, stage, (await readStageLock(root)).a, hasher);
    return { root, stage, lock, change };
  }

  it('a stage as it was locked is up to date; a stage of others stays in the file', async () => {
    const { root, lock, change } = await locked();
    expect(await change()).toBeNull();
    writeFileSync(join(root, 'dvc.lock'), "schema: '2.0'\nstages:\n  other:\n    cmd: x\n    odd: 1\n");
    await lock();
    expect(await readStageLock(root)).toMatchObject({ other: { cmd: 'x', odd: 1 }, a: { cmd: 'make' } });
    expect(await change()).toBeNull();
  });

  it('the first difference is named: parameter, then dependency, then output', async () => {
    const { root, change } = await locked();
    writeFileSync(join(root, 'out.txt'), 'edited');
    expect(await change()).toMatchObject({ kind: 'output', what: 'out.txt' });
    writeFileSync(join(root, 'in.txt'), 'edited');
    expect(await change()).toMatchObject({ kind: 'dependency', what: 'in.txt' });
    writeFileSync(join(root, 'params.yaml'), 'seed: 7\nsplit: {test: 0.3}\n');
    expect(await change()).toEqual({ kind: 'parameter', what: 'split.test', old: '0.2', new: '0.3' });
  });

  it('a missing output and a stage that never ran', async () => {
    const { root, change, stage } = await locked();
    writeFileSync(join(root, 'dvc.lock'), '');
    expect(await change()).toMatchObject({ kind: 'never-run' });
    await lockStage(root, stage, { deps: [], paramTexts: new Map(), cmd: 'other', outs: [] });
    expect(await change()).toEqual({ kind: 'command', what: 'cmd', old: 'other', new: 'make' });
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCodeFile } from '../../../src/main/workspace/code-file.ts';
import { openHasher } from '../../../src/main/workspace/hashes.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import { readPipeline } from '../../../src/main/workspace/pipeline-file.ts';
import { entriesOf, lockStage, readStageInputs, readStageLock } from '../../../src/main/workspace/stage-lock.ts';
import { pipelineStatus } from '../../../src/main/workspace/stage-status.ts';
import { stageVersions } from '../../../src/pipeline/domain/stage-versions.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const pipeline = `stages:
  split: {cmd: hilum split, deps: [in.txt, in], params: [seed, split, code.yaml: [stages.split]], outs: [a.csv]}
  train: {cmd: hilum train, deps: [a.csv], params: [code.yaml: [stages.train]], outs: [model]}
`;

async function ranStudy() {
  const root = temporaryFolder();
  await initWorkspace(root, { source: 'in' });
  const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
  write('dvc.yaml', pipeline);
  mkdirSync(join(root, 'in'));
  for (const name of ['in.txt', 'in/x', 'a.csv', 'model']) write(name, name);
  const stages = await readPipeline(await openWorkspace(root));
  const hasher = await openHasher(join(root, '.hilum', 'md5.json'));
  for (const stage of stages) {
    const [inputs, outs] = [await readStageInputs(root, stage, hasher), await entriesOf(root, stage.outs, hasher)];
    await lockStage(root, stage, { ...inputs, cmd: stage.cmd, outs });
  }
  const changes = async (given?: ReadonlyMap<string, unknown>) => {
    const status = await pipelineStatus(root, stages, await readStageLock(root), hasher, given);
    return status.map((each) => each.changes);
  };
  return { root, write, changes, stages };
}

describe('why a stage has to run', () => {
  it('every change of the first kind, with old and new value; what comes after it waits', async () => {
    const { write, changes } = await ranStudy();
    expect(await changes()).toEqual([[], []]);
    write('params.yaml', 'seed: 8\nsplit: {strategy: holdout, validation: 0.2, test: 0.3, folds: 5}\n');
    write('in.txt', 'edited');
    expect(await changes()).toEqual([
      [
        { kind: 'parameter', what: 'seed', old: '7', new: '8' },
        { kind: 'parameter', what: 'split.test', old: '0.2', new: '0.3' },
      ],
      [{ kind: 'upstream', what: 'split', old: null, new: null }],
    ]);
    write('params.yaml', 'seed: 7.0\nsplit: {folds: 5, strategy: holdout, validation: 0.20, test: 0.2}\n');
    write('in/x', 'edited too');
    const [split] = await changes();
    expect(split).toMatchObject([
      { kind: 'dependency', what: 'in', old: expect.stringMatching(/\.dir$/), new: expect.stringMatching(/\.dir$/) },
      { kind: 'dependency', what: 'in.txt' },
    ]);
  });

  it('values that are not saved yet count in the place of the file', async () => {
    const { changes } = await ranStudy();
    const given = { seed: 9, split: { strategy: 'holdout', validation: 0.2, test: 0.2, folds: 5 } };
    const [split] = await changes(new Map([['params.yaml', given]]));
    expect(split).toEqual([{ kind: 'parameter', what: 'seed', old: '7', new: '9' }]);
  });

  it('a newer program says so, before it has written code.yaml; an older dvc.yaml knows nothing of it', async () => {
    const { root, write, changes, stages } = await ranStudy();
    write('code.yaml', 'stages: {split: 0, train: 0}\n');
    expect(await changes()).toEqual([[], []]);
    const lock = (await readStageLock(root)).split;
    expect(lock?.params?.['code.yaml']).toEqual({ 'stages.split': stageVersions.split });
    const text = readFileSync(join(root, 'dvc.lock'), 'utf8');
    write('dvc.lock', text.replace('stages.split: 1', 'stages.split: 0'));
    expect((await changes())[0]).toEqual([{ kind: 'code', what: 'split', old: '0', new: String(stageVersions.split) }]);
    await writeCodeFile(root, stages);
    expect((await readStageLock(root)).train?.params).toEqual({ 'code.yaml': { 'stages.train': 1 } });
    write('dvc.yaml', 'stages: {split: {cmd: hilum split, deps: [in.txt], outs: [a.csv]}}\n');
    const older = await readPipeline(await openWorkspace(root));
    const hasher = await openHasher(join(root, '.hilum', 'md5.json'));
    const status = await pipelineStatus(root, older, await readStageLock(root), hasher);
    expect(status).toEqual([{ name: 'split', change: null, changes: [] }]);
  });
});

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDvcCache } from '../../../src/main/interop/dvc/cache.ts';
import { openHasher } from '../../../src/main/workspace/hashes.ts';
import { initWorkspace } from '../../../src/main/workspace/init.ts';
import { openWorkspace } from '../../../src/main/workspace/open.ts';
import { readPipeline } from '../../../src/main/workspace/pipeline-file.ts';
import { lockEntry, lockStage, readStageInputs } from '../../../src/main/workspace/stage-lock.ts';
import { makeFolder } from './folders.ts';
import { dvc, hasDvc } from './peer.ts';

const names = [
  '😀.txt',
  '豈.txt',
  'ü.txt',
  '\u007f.txt',
  'a"b\\c',
  "it's",
  'two  blanks',
  'sub/.hidden',
  'sub/empty',
  '- x',
  '#1',
];

/** Files of outputs and dependencies with names that YAML or JSON must quote, break or escape. */
const paths = [
  "o/it's: quoted",
  'o/ü 😀',
  `o/${'long name '.repeat(12)}end`,
  `o/${'x'.repeat(90)}`,
  'o/null',
  'o/1e3',
  'o/a #b',
];

const params = `a: 1.0
b: 1e-5
c: {d: [1, 2.5, {e: null, f: []}], "g h": "it's: so", j: "true"}
k: ${'word '.repeat(30)}
l: 0.0001
m: 123456789012345680
`;

describe.runIf(hasDvc('DVC names and values'))('names and values that are hard to write', () => {
  const home = makeFolder('hilum-dvc-names-');
  const root = join(home, 'study');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('our lock, hashes and objects are what DVC makes of the same files', async () => {
    await initWorkspace(root, { source: 'in' });
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    for (const name of names) write(`in/${name}`, name === 'sub/empty' ? '' : `${name}\r\n`);
    for (const path of paths) write(path, path);
    write('run.sh', '#!/bin/sh\n');
    chmodSync(join(root, 'run.sh'), 0o755);
    write('values.yaml', params);
    const stage = {
      cmd: 'hilum split',
      deps: ['in', 'run.sh', ...paths.slice(0, 3)],
      params: ['seed', { 'values.yaml': ['a', 'b', 'c', 'k', 'l', 'm'] }],
      outs: paths.slice(3),
    };
    write('dvc.yaml', JSON.stringify({ stages: { split: stage } }));

    const [planned] = await readPipeline(await openWorkspace(root));
    if (planned === undefined) throw new Error('no stage');
    const hasher = await openHasher(join(home, 'md5.json'));
    const cache = await openDvcCache(root);
    const inputs = await readStageInputs(root, planned, hasher);
    const outs = [];
    for (const path of planned.outs) outs.push(lockEntry(path, await cache.put(join(root, path), hasher)));
    await lockStage(root, planned, { ...inputs, cmd: planned.cmd, outs });
    const ours = readFileSync(join(root, 'dvc.lock'), 'utf8');
    expect((await dvc(root, home, 'status')).stdout).toContain('Data and pipelines are up to date.');
    rmSync(join(root, 'dvc.lock'));
    expect(await dvc(root, home, 'commit', '--force')).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(root, 'dvc.lock'), 'utf8')).toBe(ours);
    expect(ours).toContain('isexec: true');
  });
});

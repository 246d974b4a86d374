import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hilum } from '../../helpers/cli.ts';
import { canRun, dvc } from './peer.ts';
import { env, forgetData, makeStudy, moved, outputsOf, run } from './study.ts';

const targets = ['artifacts/dataset', 'artifacts/split.csv'];

describe.skipIf(!canRun('a folder as remote'))('a folder as remote, with real DVC on the other side', () => {
  it('what we push DVC pulls, what DVC pushes we pull, byte for byte', async () => {
    const root = await makeStudy();
    const store = join(root, '../store');
    await run(root, 'remote', 'add', 'store', '../store', '--default');
    expect(dvc(root, 'remote', 'list')).toMatch(/^store\s+\S+store\s+\(default\)\n$/);
    const before = outputsOf(root);
    const { moved: count } = await moved(root, 'push');
    expect(count).toBeGreaterThan(6);
    expect(dvc(root, 'status', '--cloud', ...targets)).toContain('in sync');
    forgetData(root);
    dvc(root, 'pull', ...targets);
    expect(outputsOf(root)).toEqual(before);

    rmSync(store, { recursive: true });
    dvc(root, 'push', ...targets);
    forgetData(root);
    // The manifest without hand edits belongs to the version; DVC knows nothing of it.
    const { stdout } = await hilum(['pull', '--json'], { cwd: root, env });
    expect(JSON.parse(stdout)).toMatchObject({ corrupt: [], restored: targets });
    expect(outputsOf(root)).toEqual(before);
  });

  it('[E4] a corrupt object of the remote is refused and named, where DVC trusts it', async () => {
    const root = await makeStudy();
    await run(root, 'remote', 'add', 'store', '../store', '--default');
    await run(root, 'push');
    const files = join(root, '../store/files/md5');
    const [bad = ''] = readdirSync(files, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^..\/[0-9a-f]{30}$/.test(name),
    );
    chmodSync(join(files, bad), 0o644);
    writeFileSync(join(files, bad), 'rotten');
    forgetData(root);
    const { code, stdout } = await hilum(['pull', '--json'], { cwd: root, env });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ corrupt: [bad.replace('/', '')], missing: [] });
  });

  it('a remote that DVC set up is ours too', async () => {
    const root = await makeStudy();
    dvc(root, 'remote', 'add', '-d', 'theirs', '../theirs');
    expect(await run(root, 'remote', 'list')).toEqual({
      remotes: [{ name: 'theirs', url: join(root, '../theirs'), default: true }],
    });
    await run(root, 'push');
    expect(dvc(root, 'status', '--cloud', ...targets)).toContain('in sync');
    await run(root, 'remote', 'remove', 'theirs');
    expect(dvc(root, 'remote', 'list')).toBe('');
  });

  it('after a checkout of a version both tools say what is stale', async () => {
    const root = await makeStudy();
    const manifest = join(root, 'artifacts/dataset/manifest.csv');
    const first = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, first.replace(',Cyst,', ',Stone,'));
    await run(root, 'data', 'checkout', '1');
    expect(readFileSync(manifest, 'utf8')).toBe(first);
    expect(dvc(root, 'status', '--json', 'ingest', 'split').trim()).toBe('{}');
    await run(root, 'data', 'checkout', '2');
    const told = dvc(root, 'status', '--json', 'ingest', 'split');
    expect(JSON.parse(told)).toEqual({
      ingest: [{ 'changed outs': { 'artifacts/dataset': 'modified' } }],
      split: [{ 'changed deps': { 'artifacts/dataset': 'modified' } }],
    });
    const { stdout } = await hilum(['status'], { cwd: root, env });
    expect(stdout).toMatch(/^ingest: output artifacts\/dataset.*\nsplit: dependency artifacts\/dataset/);
  });
});

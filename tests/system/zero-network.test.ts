import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHilum } from '../helpers/hilum.ts';
import { sealTinyModel } from '../helpers/tiny-model.ts';
import { cliFile, jsonOf, makeStudy, newFolder } from './phantom-study.ts';

const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;
if (!canTrace) console.warn('SKIPPED: strace is not here or not allowed; network and library use were not watched.');

describe.skipIf(!canTrace)('system calls', () => {
  let folder: string;
  let study: string;

  beforeAll(async () => {
    buildHilum();
    folder = newFolder('strace');
    study = await makeStudy(folder, { slices: 2, epochs: 2 });
    for (const stage of ['ingest', 'split', 'prepare']) await jsonOf(study, stage);
    mkdirSync(join(folder, 'model'));
    await sealTinyModel(join(folder, 'model'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Runs a command under strace. @returns one line a call */
  async function traced(calls: string, ...words: string[]): Promise<string[]> {
    const log = join(folder, 'strace.log');
    const args = [
      '-f',
      '-qq',
      '-e',
      `trace=${calls}`,
      '-e',
      'signal=none',
      '-o',
      log,
      process.execPath,
      cliFile,
      ...words,
    ];
    const { status, stderr } = spawnSync('strace', args, { cwd: study, encoding: 'utf8' });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
  }

  it('[D7] classify and train connect to nothing but sockets of this machine', async () => {
    const classify = ['classify', '../images', '--model', '../model', '--out', 'ledger.csv', '--report', 'report.html'];
    for (const words of [classify, ['train'], ['evaluate']]) {
      const connects = await traced('connect,sendto,sendmsg', ...words);
      const outside = connects.filter((line) => /sa_family=(?!AF_UNIX|AF_UNSPEC|AF_NETLINK)/.test(line));
      expect(outside, words[0]).toEqual([]);
    }
  });

  it('classify never opens TensorFlow, and train does: the watch sees it', async () => {
    const opened = async (...words: string[]): Promise<string[]> =>
      (await traced('openat,open', ...words)).filter((line) => /libtensorflow|tfjs_binding/.test(line));
    expect(await opened('classify', '../images', '--model', '../model', '--out', 'again.csv')).toEqual([]);
    expect((await opened('train')).length).toBeGreaterThan(0);
  });
});

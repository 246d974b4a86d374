import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { lockWorkspace } from '../../../src/main/workspace/lock.ts';
import { exitCodeOf } from '../../../src/pipeline/domain/errors.ts';
import { firstLine, linesUntilKilled, startScript } from '../../helpers/process.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const busy = expect.objectContaining({ code: 'workspace/busy' });

describe('[A12] the lock of a workspace', () => {
  it('has one holder in a process', () => {
    const folder = temporaryFolder();
    const lock = lockWorkspace(folder);
    expect(() => lockWorkspace(folder)).toThrow(busy);
    lock.release();
    lockWorkspace(folder).release();
  });

  it('has one holder among processes and is free after kill -9 of the holder', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 5; round++) {
      const holder = startScript('records-writer.ts', [join(folder, '.hilum', 'hilum.db'), 'hold']);
      await linesUntilKilled(holder, () => {
        expect(() => lockWorkspace(folder)).toThrow(busy);
        return true;
      });
      lockWorkspace(folder).release();
    }
  });

  it('lets exactly one of many starters win', async () => {
    const folder = temporaryFolder();
    const path = join(folder, '.hilum', 'hilum.db');
    mkdirSync(join(folder, '.hilum'));
    const starters = Array.from({ length: 6 }, () => startScript('records-writer.ts', [path, 'hold']));
    const said = await Promise.all(starters.map(firstLine));
    expect(said.sort()).toEqual(['75', '75', '75', '75', '75', 'held']);
  });

  it('is held though nobody keeps its handle, whatever the garbage collector does', async () => {
    const folder = temporaryFolder();
    lockWorkspace(folder);
    setFlagsFromString('--expose-gc');
    const collectGarbage: unknown = runInNewContext('gc');
    if (typeof collectGarbage !== 'function') throw new Error('this Node gives no gc');
    for (let round = 0; round < 3; round++) {
      collectGarbage();
      await new Promise(setImmediate);
    }
    expect(() => lockWorkspace(folder)).toThrow(busy);
  });

  it('is refused with exit code 75', () => {
    const folder = temporaryFolder();
    const lock = lockWorkspace(folder);
    try {
      lockWorkspace(folder);
    } catch (error) {
      expect(exitCodeOf(error)).toBe(75);
    }
    lock.release();
  });

  it('is not stopped by a damaged lock file, which is kept', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.hilum'));
    const garbage = 'not a database at all '.repeat(50);
    writeFileSync(join(folder, '.hilum', 'lock.db'), garbage);
    lockWorkspace(folder).release();
    expect(readFileSync(join(folder, '.hilum', 'lock.db.damaged'), 'utf8')).toBe(garbage);
  });

  it('names a folder that cannot hold it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.hilum'), 'a file');
    expect(() => lockWorkspace(folder)).toThrow(expect.objectContaining({ code: 'config/not-writable' }));
    const other = temporaryFolder();
    mkdirSync(join(other, '.hilum', 'lock.db'), { recursive: true });
    expect(() => lockWorkspace(other)).toThrow(expect.objectContaining({ code: 'config/not-writable' }));
    expect(existsSync(join(other, '.hilum', 'lock.db'))).toBe(true);
  });
});

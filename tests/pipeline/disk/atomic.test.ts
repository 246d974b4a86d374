import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sweepTemporary, writeFileAtomic, writeFolderAtomic } from '../../../src/pipeline/disk/atomic.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hilum-atomic-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('writeFileAtomic', () => {
  it('[E2] replaces a file and leaves nothing else behind', async () => {
    const path = join(folder, 'a.json');
    await writeFileAtomic(path, 'old');
    await writeFileAtomic(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['a.json']);
  });

  it('[F11] says with a code that a path cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeFileAtomic(join(folder, 'file', 'below'), 'x')).rejects.toMatchObject({
      code: expect.stringMatching(/^(config\/not-writable|disk\/failed)$/),
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    '[F11] names a folder without rights (skipped for root, who may all)',
    async () => {
      await chmod(folder, 0o500);
      await expect(writeFileAtomic(join(folder, 'x'), 'x')).rejects.toMatchObject({ code: 'config/not-writable' });
      await chmod(folder, 0o700);
    },
  );
});

describe('writeFolderAtomic', () => {
  it('swaps a filled folder in', async () => {
    const path = join(folder, 'model');
    await writeFolderAtomic(path, (aside) => writeFile(join(aside, 'one'), '1'));
    await writeFolderAtomic(path, (aside) => writeFile(join(aside, 'two'), '2'));
    expect(await readdir(path)).toEqual(['two']);
    expect(await readdir(folder)).toEqual(['model']);
  });

  it('leaves the old folder whole when filling fails', async () => {
    const path = join(folder, 'model');
    await writeFolderAtomic(path, (aside) => writeFile(join(aside, 'one'), '1'));
    const failing = writeFolderAtomic(path, async (aside) => {
      await writeFile(join(aside, 'half'), '');
      throw new Error('stage failed');
    });
    await expect(failing).rejects.toThrow('stage failed');
    expect(await readdir(path)).toEqual(['one']);
    expect(await readdir(folder)).toEqual(['model']);
  });
});

describe('sweepTemporary', () => {
  const id = '00000000-0000-4000-8000-000000000000';

  it('[D3] removes what a killed writer left and nothing else', async () => {
    await writeFile(join(folder, `.a.json.${id}.tmp`), 'half');
    await mkdir(join(folder, `.model.${id}.tmp`));
    await writeFile(join(folder, '.hidden'), 'mine');
    await sweepTemporary(folder);
    expect(await readdir(folder)).toEqual(['.hidden']);
  });

  it('puts the old folder back when the kill fell between the two renames of a swap', async () => {
    await mkdir(join(folder, `.model.${id}.old`));
    await writeFile(join(folder, `.model.${id}.old`, 'one'), '1');
    await sweepTemporary(folder);
    expect(await readdir(folder)).toEqual(['model']);
    expect(await readdir(join(folder, 'model'))).toEqual(['one']);
  });

  it('removes the old folder when the swap was finished', async () => {
    await mkdir(join(folder, `.model.${id}.old`));
    await mkdir(join(folder, 'model'));
    await sweepTemporary(folder);
    expect(await readdir(folder)).toEqual(['model']);
  });
});

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withArchive } from '../../../src/main/interop/bundle/archive.ts';
import { writeZip } from '../../../src/main/interop/zip-writer.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const now = '2026-03-01T10:00:00.000Z';

describe('a zip', () => {
  it('is there whole, from files and bytes, and the same each time', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'a.txt');
    writeFileSync(file, 'from the disk');
    const entries = [
      { path: 'x/a.txt', from: file },
      { path: 'b.txt', from: Buffer.from('from memory') },
    ];
    await writeZip(join(folder, 'one.zip'), entries, now);
    const read = await withArchive(join(folder, 'one.zip'), async (archive) =>
      Promise.all([...archive.names].map(async (name) => [name, String(await archive.read(name, 100))])),
    );
    expect(read).toEqual([
      ['x/a.txt', 'from the disk'],
      ['b.txt', 'from memory'],
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'one.zip']);
  });

  it('is not there at all when a file of it cannot be read, or its folder cannot be written', async () => {
    const folder = temporaryFolder();
    const entries = [
      { path: 'b.txt', from: Buffer.from('from memory') },
      { path: 'a.txt', from: join(folder, 'none.txt') },
    ];
    await expect(writeZip(join(folder, 'one.zip'), entries, now)).rejects.toMatchObject({ code: 'disk/failed' });
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    await expect(writeZip(join(folder, 'file', 'one.zip'), [], now)).rejects.toMatchObject({
      code: expect.stringMatching(/^(config\/not-writable|disk\/failed)$/),
    });
  });
});

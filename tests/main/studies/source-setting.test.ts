import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setSource } from '../../../src/main/studies/source-setting.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const config = `# mine\nsource: ../old.zip # the first\nsha256: "${'a'.repeat(64)}"\nclasses: [Cyst, Stone]\n`;

async function workspace(): Promise<{ root: string; text: () => Promise<string> }> {
  const root = await realpath(temporaryFolder());
  await writeFile(join(root, 'config.yaml'), config);
  return { root, text: () => readFile(join(root, 'config.yaml'), 'utf8') };
}

describe('the source in config.yaml', () => {
  it('is relative below the workspace and absolute elsewhere; the hash of the old one goes', async () => {
    const { root, text } = await workspace();
    await setSource(root, join(root, 'images', 'é "1"'));
    expect(await text()).toBe('# mine\nsource: images/é "1" # the first\nclasses: [Cyst, Stone]\n');
    await setSource(root, '/elsewhere');
    expect(await text()).toContain('source: /elsewhere # the first\n');
  });

  it('that is set already, or an address, keeps the hash', async () => {
    const { root, text } = await workspace();
    await setSource(root, join(root, '..', 'old.zip'));
    expect(await text()).toContain('sha256');
    await setSource(root, 'https://images.invalid/a.zip');
    expect(await text()).toContain(`source: https://images.invalid/a.zip # the first\nsha256: "${'a'.repeat(64)}"\n`);
  });

  it('goes back to what it was, unless somebody wrote the file meanwhile', async () => {
    const { root, text } = await workspace();
    const takeBack = await setSource(root, '/elsewhere');
    await takeBack();
    expect(await text()).toBe(config);
    const late = await setSource(root, '/elsewhere');
    await writeFile(join(root, 'config.yaml'), 'source: mine\n');
    await late();
    expect(await text()).toBe('source: mine\n');
  });
});

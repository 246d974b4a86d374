import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAccess } from '../../../src/main/page/access.ts';
import { temporaryFolder } from '../../helpers/records.ts';

const outside = { code: 'access/outside', facts: {} };

/** `scans` is allowed, `scans-of-others` is not, though its name begins the same. */
function tree(): { root: string; at: (...parts: string[]) => string } {
  const folder = temporaryFolder();
  const at = (...parts: string[]): string => join(folder, ...parts);
  for (const name of ['scans/ct', 'scans-of-others', 'elsewhere']) mkdirSync(at(name), { recursive: true });
  for (const name of ['scans/ct/a.dcm', 'scans-of-others/b.dcm']) writeFileSync(at(name), 'x');
  return { root: at('scans'), at };
}

describe('folders that the operator allowed', () => {
  it('may be named with all that lies below them', async () => {
    const { root, at } = tree();
    const access = await openAccess([root]);
    expect(access.roots).toEqual([root]);
    expect(await access.require(root)).toBe(root);
    expect(await access.require(at('scans', 'ct', 'a.dcm'))).toBe(at('scans', 'ct', 'a.dcm'));
    expect(await access.require(`${root}/ct/../ct/./a.dcm`)).toBe(at('scans', 'ct', 'a.dcm'));
    await expect(access.require(at('scans', 'ct', 'none'))).rejects.toMatchObject({
      code: 'source/missing',
      facts: { source: 'none' },
    });
    await expect(access.require(at('scans', 'ct', 'a.dcm', 'x'))).rejects.toMatchObject({ code: 'source/missing' });
  });

  it('[A6] and nothing else, whether it is there or not', async () => {
    const { root, at } = tree();
    const access = await openAccess([root]);
    for (const path of [
      at('scans-of-others'),
      at('scans-of-others', 'b.dcm'),
      at('scans-of-others', 'none'),
      at('none'),
      at(),
      `${root}/../scans-of-others/b.dcm`,
      `${root}/..`,
      '/',
      '/etc/passwd',
      '/etc/none',
      'scans',
      '.',
      '',
      '~',
      `${root}\0`,
      '\\\\host\\share',
      '//host/share',
      'https://example.org/a.zip',
      `file://${root}`,
      `/${'x/'.repeat(2_000)}`,
    ]) {
      await expect(access.require(path), path).rejects.toMatchObject(outside);
    }
  });

  it('[A6] links are followed: one that leaves is refused, one that stays is its target', async () => {
    const { root, at } = tree();
    symlinkSync(at('scans-of-others'), at('scans', 'leaves'));
    symlinkSync(at('scans', 'ct'), at('scans', 'stays'));
    symlinkSync(at('scans'), at('elsewhere', 'in'));
    symlinkSync(at('scans', 'loop'), at('scans', 'loop'));
    const access = await openAccess([root]);
    for (const path of [
      'scans/leaves',
      'scans/leaves/b.dcm',
      'scans/leaves/none',
      'elsewhere/in/../../scans-of-others',
    ]) {
      await expect(access.require(at(path)), path).rejects.toMatchObject(outside);
    }
    expect(await access.require(at('scans', 'stays', 'a.dcm'))).toBe(at('scans', 'ct', 'a.dcm'));
    expect(await access.require(at('elsewhere', 'in', 'ct'))).toBe(at('scans', 'ct'));
    await expect(access.require(at('scans', 'loop'))).rejects.toMatchObject({
      code: 'source/unreadable',
      facts: { errno: 'ELOOP' },
    });
  });

  it('may be reached through a link themselves, and must be folders', async () => {
    const { root, at } = tree();
    symlinkSync(root, at('link'));
    const access = await openAccess([at('link')]);
    expect(access.roots).toEqual([root]);
    expect(await access.require(at('link', 'ct'))).toBe(at('scans', 'ct'));
    await expect(openAccess([at('none')])).rejects.toMatchObject({ code: 'usage/bad-option' });
    await expect(openAccess([at('scans', 'ct', 'a.dcm')])).rejects.toMatchObject({ code: 'usage/bad-option' });
  });
});

it('what is granted later may be named without being listed, also when it is made later', async () => {
  const { root, at } = tree();
  const access = await openAccess([root], [at('uploads')]);
  await expect(access.require(at('uploads'))).rejects.toMatchObject({ code: 'source/missing' });
  mkdirSync(at('uploads', 'one'), { recursive: true });
  expect(await access.require(at('uploads', 'one'))).toBe(at('uploads', 'one'));
  access.grant(at('elsewhere'));
  expect(await access.require(at('elsewhere'))).toBe(at('elsewhere'));
  expect(access.roots).toEqual([root]);
});

it('[A6] a granted place that turns into a link does not open what it leads to', async () => {
  const { root, at } = tree();
  const access = await openAccess([root]);
  access.grant(at('elsewhere'));
  renameSync(at('elsewhere'), at('moved'));
  symlinkSync(at('scans-of-others'), at('elsewhere'));
  await expect(access.require(at('elsewhere', 'b.dcm'))).rejects.toMatchObject(outside);
});

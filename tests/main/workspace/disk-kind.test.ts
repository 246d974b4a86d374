import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DiskProbe, requireLocalDisk, unsafeDiskKind } from '../../../src/main/workspace/disk-kind.ts';

function linux(magic: number): DiskProbe {
  return { platform: 'linux', env: {}, magic: () => magic, resolve: (folder) => folder };
}

function windows(resolved: (folder: string) => string, env: DiskProbe['env'] = {}): DiskProbe {
  return { platform: 'win32', env, magic: () => 0, resolve: resolved };
}

describe('[E9] where records may live', () => {
  it.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'CIFS'],
    [0xff534d42 | 0, 'CIFS'],
    [0xfe534d42, 'SMB2'],
    [0x65735546, 'FUSE'],
    [0x01021997, '9p'],
    [0x00c36400, 'Ceph'],
  ])('not on a disk of type %i (%s)', (magic, kind) => {
    expect(unsafeDiskKind('/data', linux(magic))).toBe(kind);
    expect(() => requireLocalDisk('/data', linux(magic))).toThrow(
      expect.objectContaining({ code: 'workspace/unsafe-disk', facts: { kind } }),
    );
  });

  it.each([
    ['ext4', 0xef53],
    ['XFS', 0x58465342],
    ['btrfs', 0x9123683e],
    ['tmpfs', 0x01021994],
    ['overlay', 0x794c7630],
  ])('on %s', (_name, magic) => {
    expect(unsafeDiskKind('/data', linux(magic))).toBeUndefined();
  });

  it('not on a UNC path or a mapped drive of Windows', () => {
    const asIs = windows((folder) => folder);
    for (const path of ['\\\\server\\share\\study', '//server/share/study', '\\\\?\\UNC\\server\\share']) {
      expect(unsafeDiskKind(path, asIs)).toBe('network share');
    }
    expect(unsafeDiskKind('C:\\study', asIs)).toBeUndefined();
    expect(unsafeDiskKind('\\\\?\\C:\\study', asIs)).toBeUndefined();
    const mapped = windows((folder) => folder.replace(/^Z:/, '\\\\server\\share'));
    expect(unsafeDiskKind('Z:\\study', mapped)).toBe('network share');
  });

  it('not in a OneDrive folder', () => {
    const probe = windows((folder) => folder, { OneDrive: 'C:\\Users\\u\\OneDrive' });
    expect(unsafeDiskKind('C:\\Users\\u\\OneDrive\\study', probe)).toBe('OneDrive');
    expect(unsafeDiskKind('C:\\Users\\u\\OneDriveX\\study', probe)).toBeUndefined();
  });

  it('asks the nearest folder that exists', () => {
    expect(unsafeDiskKind(join(tmpdir(), 'not', 'yet', 'made'))).toBeUndefined();
    const asked: string[] = [];
    const probe: DiskProbe = {
      ...linux(0x6969),
      magic: (folder) => {
        asked.push(folder);
        if (folder !== '/') throw Object.assign(new Error('none'), { code: 'ENOENT' });
        return 0x6969;
      },
    };
    expect(unsafeDiskKind('/a/b', probe)).toBe('NFS');
    expect(asked).toEqual(['/a/b', '/a', '/']);
  });
});

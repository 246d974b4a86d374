import { realpathSync, statfsSync } from 'node:fs';
import { dirname, win32 } from 'node:path';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';

/**
 * File systems on which SQLite's WAL and file locks are not safe: shared memory does not reach other machines, and
 * locks are lost or ignored. Numbers: statfs(2), `f_type`.
 */
const unsafeMagic: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x00c36400, 'Ceph'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x47504653, 'GPFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x19830326, 'BeeGFS'],
  [0xaad7aaea, 'PanFS'],
]);

/** What is asked of the machine; replaced in tests. */
export interface DiskProbe {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `f_type` of the file system that holds an existing folder. */
  magic(folder: string): number;
  /** Path with links and mapped drives resolved. */
  resolve(folder: string): string;
}

const machine: DiskProbe = {
  platform: process.platform,
  env: process.env,
  magic: (folder) => statfsSync(folder).type,
  resolve: (folder) => realpathSync.native(folder),
};

/** @throws HilumError `workspace/unsafe-disk` when the records and the lock may not live in this folder */
export function requireLocalDisk(folder: string, probe: DiskProbe = machine): void {
  const kind = unsafeDiskKind(folder, probe);
  if (kind !== undefined) throw new HilumError('workspace/unsafe-disk', { kind });
}

/** Name of the unsafe kind of disk that would hold `folder`, or undefined where SQLite is safe. */
export function unsafeDiskKind(folder: string, probe: DiskProbe = machine): string | undefined {
  if (probe.platform === 'win32') return unsafeWindowsKind(folder, probe);
  // f_type is a Linux number; macOS gives its network mounts no stable one.
  if (probe.platform !== 'linux') return undefined;
  return unsafeMagic.get(atNearestParent(folder, probe.magic) >>> 0);
}

function unsafeWindowsKind(folder: string, probe: DiskProbe): string | undefined {
  if (isUnc(folder)) return 'network share';
  // The native realpath turns a mapped drive letter into its \\server\share.
  const resolved = atNearestParent(folder, probe.resolve, win32.dirname);
  if (isUnc(resolved)) return 'network share';
  const synced = [probe.env.OneDrive, probe.env.OneDriveCommercial, probe.env.OneDriveConsumer];
  return synced.some((root) => root !== undefined && isBelow(root, resolved)) ? 'OneDrive' : undefined;
}

function isUnc(path: string): boolean {
  const slashes = path.replaceAll('/', '\\');
  if (/^\\\\[?.]\\UNC\\/i.test(slashes)) return true;
  return slashes.startsWith('\\\\') && !/^\\\\[?.]\\/.test(slashes);
}

function isBelow(root: string, path: string): boolean {
  const relative = win32.relative(root, path);
  return !relative.startsWith('..') && !win32.isAbsolute(relative);
}

/** Asks the nearest folder that exists: the workspace may not be made yet. */
function atNearestParent<T>(folder: string, ask: (folder: string) => T, parentOf = dirname): T {
  try {
    return ask(folder);
  } catch (error) {
    const parent = parentOf(folder);
    if (errnoOf(error) !== 'ENOENT' || parent === folder) throw error;
    return atNearestParent(parent, ask, parentOf);
  }
}

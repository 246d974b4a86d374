import type { Stats } from 'node:fs';

/** Left behind by operating systems, made by nobody: the only files that are not counted. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** @param file name or path, `/` between folders */
export function isLitter(file: string): boolean {
  return litter.has(file.slice(file.lastIndexOf('/') + 1));
}

/** Name of what is neither file nor folder, for the reason; undefined for a regular file. */
export function oddKind(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return 'symbolic link';
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  if (stats.isDirectory()) return 'folder';
  return 'device';
}

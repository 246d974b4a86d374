import type { Stats } from 'node:fs';

/** Name of what is neither file nor folder, for the reason; undefined for a regular file. */
export function oddKind(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return 'symbolic link';
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  if (stats.isDirectory()) return 'folder';
  return 'device';
}

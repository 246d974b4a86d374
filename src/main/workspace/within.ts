import { isAbsolute, relative, sep } from 'node:path';

/** `path` is `folder` or lies below it; both absolute and without links. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

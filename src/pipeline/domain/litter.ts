/** Left behind by operating systems, made by nobody: the only files that are not counted. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** @param file name or path, `/` between folders */
export function isLitter(file: string): boolean {
  return litter.has(file.slice(file.lastIndexOf('/') + 1));
}

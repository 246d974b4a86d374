/** Enough of a hash to tell two apart by eye. */
export function shortHash(hash: string | null | undefined): string {
  return hash === null || hash === undefined ? '–' : hash.slice(0, 8);
}

import { HilumError } from '../../pipeline/domain/errors.ts';

/** SQLite 3.7.0 to 3.51.2 can corrupt a WAL database when the log is reset (fixed in 3.51.3). */
const neededVersion = '3.51.3';

/** @throws HilumError `records/old-engine` */
export function requireSafeEngine(found: string): void {
  if (compareVersions(found, neededVersion) < 0) {
    throw new HilumError('records/old-engine', { found, needed: neededVersion });
  }
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

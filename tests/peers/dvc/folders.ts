import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder; whoever makes it takes it away. */
export function makeFolder(prefix: string): string {
  return mkdtempSync(join(tmpdir(), prefix));
}

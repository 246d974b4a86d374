import { z } from 'zod';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({ path: z.string(), sha256: z.string(), bytes: z.int() });
/** A file that a run made; the path is relative to the workspace. */
export type Artefact = z.infer<typeof rowSchema>;

export function artefactsTable({ db }: RecordsContext) {
  const put = db.prepare(`INSERT INTO artefacts (run, path, sha256, bytes) VALUES (?, ?, ?, ?)
    ON CONFLICT (run, path) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes`);
  const ofRun = db.prepare('SELECT path, sha256, bytes FROM artefacts WHERE run = ? ORDER BY path');
  return {
    /** Call only after the files are on the disk (fsync): a row never names absent bytes. */
    set(run: string, artefacts: readonly Artefact[]): void {
      write(db, () => {
        for (const { path, sha256, bytes } of artefacts) put.run(run, path, sha256, bytes);
      });
    },
    list(run: string): Artefact[] {
      return readRows('artefacts', rowSchema, () => ofRun.all(run));
    },
  };
}

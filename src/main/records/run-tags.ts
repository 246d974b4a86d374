import { z } from 'zod';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({ run: z.string(), tag: z.string() });

export function runTagsTable({ db, changes }: RecordsContext) {
  const put = db.prepare('INSERT INTO run_tags (run, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const take = db.prepare('DELETE FROM run_tags WHERE run = ? AND tag = ?');
  const all = db.prepare('SELECT run, tag FROM run_tags ORDER BY run, tag');
  const ofRun = db.prepare('SELECT run, tag FROM run_tags WHERE run = ? ORDER BY tag');
  return {
    /** Twice is once; what is both added and removed is gone. */
    change(run: string, added: readonly string[], removed: readonly string[]): void {
      write(db, () => {
        for (const tag of added) put.run(run, tag);
        for (const tag of removed) take.run(run, tag);
      });
      changes.touch(run);
    },
    /** Tags of a run, in order. */
    of: (run: string): string[] => readRows('run_tags', rowSchema, () => ofRun.all(run)).map(({ tag }) => tag),
    /** Tags of every run that has some. */
    all(): Map<string, string[]> {
      const tags = new Map<string, string[]>();
      for (const { run, tag } of readRows('run_tags', rowSchema, () => all.all())) {
        const known = tags.get(run);
        if (known === undefined) tags.set(run, [tag]);
        else known.push(tag);
      }
      return tags;
    },
  };
}
export type RunTags = ReturnType<typeof runTagsTable>;

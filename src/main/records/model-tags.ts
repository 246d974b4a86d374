import { z } from 'zod';
import type { RecordsContext } from './context.ts';
import { readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({ version: z.int(), tag: z.string() });

export function modelTagsTable({ db }: RecordsContext) {
  const put = db.prepare('INSERT INTO model_tags (version, tag) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const take = db.prepare('DELETE FROM model_tags WHERE version = ? AND tag = ?');
  const all = db.prepare('SELECT version, tag FROM model_tags ORDER BY version, tag');
  const ofVersion = db.prepare('SELECT version, tag FROM model_tags WHERE version = ? ORDER BY tag');
  return {
    /** Twice is once; what is both added and removed is gone. */
    change(version: number, added: readonly string[], removed: readonly string[]): void {
      write(db, () => {
        for (const tag of added) put.run(version, tag);
        for (const tag of removed) take.run(version, tag);
      });
    },
    /** Tags of a version, in order. */
    of: (version: number): string[] =>
      readRows('model_tags', rowSchema, () => ofVersion.all(version)).map(({ tag }) => tag),
    /** Tags of every version that has some. */
    all(): Map<number, string[]> {
      const tags = new Map<number, string[]>();
      for (const { version, tag } of readRows('model_tags', rowSchema, () => all.all())) {
        const known = tags.get(version);
        if (known === undefined) tags.set(version, [tag]);
        else known.push(tag);
      }
      return tags;
    },
  };
}
export type ModelTags = ReturnType<typeof modelTagsTable>;

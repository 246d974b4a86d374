import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { writeStreamAtomic } from '../../../pipeline/disk/atomic-stream.ts';
import { firstCell } from '../../../pipeline/disk/csv-lines.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { counted } from '../../studies/text-table.ts';
import { mergedLines, type ShardFile } from '../classify/merge-shards.ts';
import { defineCommand } from '../command.ts';
import { printResult } from '../context.ts';

export const merge = defineCommand({
  name: 'merge',
  summary: 'joins the ledgers of all shards into the one of the whole folder',
  options: z.object({ out: z.string(), shards: z.array(z.string()).min(1), force: z.boolean().default(false) }),
  configure(command) {
    command
      .argument('<out>', 'CSV to write')
      .argument('<shards...>', 'CSV of each shard, in any order')
      .option('--force', 'replace the file to write when it is there');
  },
  async run({ out, shards, force }, context) {
    const target = resolve(context.cwd, out);
    await requireWritable(dirname(target));
    // Who forgets the first argument would lose a shard.
    if (!force && (await isThere(target))) {
      throw new HilumError('usage/bad-option', {
        what: `${basename(out)} is the file to write and is there already; --force replaces it`,
      });
    }
    const files: ShardFile[] = shards.map((path) => ({ path: resolve(context.cwd, path), name: basename(path) }));
    for (const { path, name } of files) {
      if (!(await isThere(path))) throw new HilumError('source/missing', { source: name });
    }
    const counts = { files: 0, images: 0 };
    await writeStreamAtomic(target, async (write) => {
      let before: string | undefined;
      let isHeader = true;
      for await (const line of mergedLines(files)) {
        await write(`${line}\n`);
        if (isHeader) {
          isHeader = false;
          continue;
        }
        const file = firstCell(line);
        counts.images++;
        if (file !== before) counts.files++;
        before = file;
      }
    });
    const text = `${out}: ${counted(counts.files, 'file')}, ${counted(counts.images, 'image')} of ${counted(shards.length, 'shard')}.`;
    printResult(context, { out: target, shards: shards.length, ...counts }, text);
    return 0;
  },
});

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

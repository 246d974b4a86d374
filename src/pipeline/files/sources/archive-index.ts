import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ErrorCode } from '../../domain/error-table.ts';
import { isErrorCode } from '../../domain/errors.ts';

/** index.json beside the unpacked files: which name of ours holds which entry of the archive. */
const indexSchema = z.strictObject({
  version: z.literal(1),
  entries: z.array(
    z.union([
      z.strictObject({ file: z.string(), name: z.string().regex(/^[0-9]+\.bin$/), size: z.int().min(0) }),
      z.strictObject({
        file: z.string(),
        refused: z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value)),
        facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    ]),
  ),
});
export type ArchiveIndex = z.infer<typeof indexSchema>;

export const indexName = 'index.json';

/** Undefined when the index is not there, not readable or not ours: all mean that the archive has to be unpacked. */
export async function readIndex(folder: string): Promise<ArchiveIndex | undefined> {
  try {
    const path = join(folder, indexName);
    if (!(await lstat(path)).isFile()) return undefined;
    const parsed = indexSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

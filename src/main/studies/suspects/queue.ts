import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCsv } from '../../../pipeline/disk/csv.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { artifactNames, type WorkspacePaths } from '../../../pipeline/domain/stage-inputs.ts';
import { type SuspectRow, suspectColumns, suspectRowSchema } from '../../../pipeline/domain/suspects.ts';
import { confirmedKey, confirmedLabels } from '../confirmed-labels.ts';
import { requireManifest } from '../dataset-tables.ts';
import { parsedFiles } from '../parsed-files.ts';

/** What became of a doubted label since it was put on the list. */
export const suspectStates = ['open', 'relabelled', 'kept', 'gone'] as const;
export type SuspectState = (typeof suspectStates)[number];

export interface Suspect extends SuspectRow {
  /** Place on the list, from 1. */
  readonly rank: number;
  readonly state: SuspectState;
  /** Class in the dataset now; null when the image is not in it any more. */
  readonly classNow: string | null;
  readonly scan: string | null;
}

/** Which of them: those that something more than a high place speaks against, or every image. */
export interface SuspectQuery {
  readonly show: 'doubtful' | 'all';
  /** Left out: also those that were settled. */
  readonly openOnly: boolean;
}

const tablesKept = 2;

const tableAt = parsedFiles(async (path) => {
  try {
    return parseCsv(await readFile(path, 'utf8'), artifactNames.suspects, suspectColumns, suspectRowSchema);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}, tablesKept);

/**
 * The list as it stands now, worst first. Nothing is removed by a decision: it changes its state.
 * @throws HilumError `dataset/missing` (run `suspects`, or `ingest`), `table/…`
 */
export async function suspectQueue(paths: WorkspacePaths, { show, openOnly }: SuspectQuery): Promise<Suspect[]> {
  const table = await tableAt(join(paths.artifacts, artifactNames.suspects));
  if (table === undefined)
    throw new HilumError('dataset/missing', { file: artifactNames.suspects, command: 'suspects' });
  const rowOf = new Map((await requireManifest(paths)).map((row) => [row.image, row]));
  const kept = await confirmedLabels(paths.state);
  return table.flatMap((row, index) => {
    if (show === 'doubtful' && !isDoubtful(row)) return [];
    const now = rowOf.get(row.image);
    const isThere = now !== undefined && now.pixel_hash === row.pixel_hash;
    const state = isThere ? stateOf(row, now.class, kept) : 'gone';
    if (openOnly && state !== 'open') return [];
    return [{ ...row, rank: index + 1, state, classNow: isThere ? now.class : null, scan: now?.scan ?? null }];
  });
}

/** Its picture stands under another class, or confident learning counts its label as wrong. */
function isDoubtful({ reason, likely }: SuspectRow): boolean {
  return reason !== 'disagrees' || likely === 'yes';
}

function stateOf(row: SuspectRow, classNow: string, kept: ReadonlySet<string>): SuspectState {
  if (classNow !== row.class) return 'relabelled';
  return kept.has(confirmedKey(row.pixel_hash, row.class)) ? 'kept' : 'open';
}

import type { Params } from '../../domain/params.ts';
import type { Random } from '../../domain/random.ts';
import type { SplitInput } from './groups.ts';

export type SplitParams = Params['split'];

/** One way to split; gives the part of each image, by name. Rows come sorted by image. */
export type SplitMethod = (rows: readonly SplitInput[], params: SplitParams, random: Random) => Map<string, string>;

/** The part of each image from the part of its group. */
export function partsByGroup(rows: readonly SplitInput[], partOf: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(rows.map((row) => [row.image, partOf.get(row.group) ?? '']));
}

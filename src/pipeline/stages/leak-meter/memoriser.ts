import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Prediction } from '../../domain/metrics.ts';
import { nearestThumbnails } from '../../files/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import { predictionOf, type StudyRow } from '../train/parts.ts';

/**
 * What somebody would answer who understands nothing and remembers every picture: the class of the most similar thumbnail
 * that lies in another fold (the part of a row).
 * @returns in the order of the rows; all weight on one class
 * @throws HilumError `cancelled/by-user`
 */
export async function memorised(
  rows: readonly StudyRow[],
  thumbnails: ReadonlyMap<string, Float32Array>,
  classes: number,
  signal: AbortSignal,
  report: (rowsDone: number) => void,
): Promise<Prediction[]> {
  const pictures = rows.map(({ row }) => thumbnails.get(row.image) ?? new Float32Array());
  const parts = rows.map(({ part }) => part);
  const nearest = await nearestThumbnails(
    pictures,
    (i, j) => parts[i] !== parts[j],
    async (done) => {
      await nextTurn();
      throwIfCancelled(signal);
      report(done);
    },
  );
  return rows.map((row, i) => {
    const answer = rows[nearest[i] ?? -1]?.label ?? 0;
    return predictionOf(
      row,
      Array.from({ length: classes }, (_, k) => (k === answer ? 1 : 0)),
    );
  });
}

import { HilumError } from '../../../pipeline/domain/errors.ts';
import { withChanges } from '../../../pipeline/domain/sweep.ts';
import { readParamsFile, writeParamsFile } from '../params-file.ts';
import type { SweepView } from './view.ts';

/**
 * Writes the winner's values of the searched keys into params.yaml; comments and everything else stay.
 * @throws HilumError `sweep/no-winner`, `config/…`
 */
export async function applyWinner(root: string, { candidates, winner }: SweepView): Promise<void> {
  const found = candidates.find(({ number }) => number === winner);
  if (found === undefined) throw new HilumError('sweep/no-winner');
  const { params, version } = await readParamsFile(root);
  await writeParamsFile(root, withChanges(params, found.changes), version);
}

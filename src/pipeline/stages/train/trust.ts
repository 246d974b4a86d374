import type { Contract } from '../../domain/contract.ts';
import type { Prediction } from '../../domain/metrics.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { Trust } from '../../domain/trust.ts';
import { throwIfCancelled } from '../cancel.ts';
import { trustOf } from '../trust/trust-of.ts';
import { evenlyByGroup } from './evenly.ts';
import type { StudyRow } from './parts.ts';
import type { Pictures } from './pictures.ts';

/** Held-out pictures that the deletion test looks at. */
const heldOutPictures = 24;

interface TrustSealing {
  readonly network: WeightedNetwork;
  readonly contract: Contract;
  readonly heldOut: readonly Prediction[];
  readonly rows: readonly StudyRow[];
  readonly pictures: Pictures;
  readonly signal: AbortSignal;
}

/**
 * Trust test of the heat maps of a model that is about to be sealed, on held-out pictures of its own kind where there are
 * any. Only figures are sealed.
 */
export async function sealedTrust({
  network,
  contract,
  heldOut,
  rows,
  pictures,
  signal,
}: TrustSealing): Promise<Trust> {
  const rowOf = new Map(rows.map(({ row }) => [row.image, row]));
  const chosen = evenlyByGroup(heldOut, heldOutPictures).flatMap(({ image }) => rowOf.get(image) ?? []);
  const own = await Promise.all(chosen.map(async (row) => ({ picture: await pictures.decode(row), group: row.group })));
  throwIfCancelled(signal);
  return trustOf(network, contract, { pictures: own });
}

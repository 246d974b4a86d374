import type { Contract } from '../../domain/contract.ts';
import { bodyCells, type NetworkInput } from '../../explain/index.ts';
import { applyContract, type Picture } from '../../images/index.ts';
import type { Explained, Explainer } from '../explain/explainer.ts';

/** A picture and whose it is. */
export interface GroupedPicture {
  readonly picture: Picture;
  readonly group: string;
}

/** A picture of the trust test with what the model says of it. */
export interface TrustCase {
  /** Patient. */
  readonly group: string;
  readonly input: NetworkInput;
  readonly explained: Explained;
  /** 1 for cells of the body, `side` across and down. */
  readonly body: Uint8Array;
}

/** Cells a side at which regions are drawn: fine enough for a stone, quick enough to sort. */
const finest = 112;

export function regionCells({ size }: Pick<Contract, 'size'>): number {
  return Math.min(finest, size);
}

/** @throws HilumError `image/domain-mismatch` */
export async function trustCase(
  { picture, group }: GroupedPicture,
  contract: Contract,
  explainer: Explainer,
): Promise<TrustCase> {
  const { size, mean, std } = contract;
  const { planes } = explainer;
  const values = applyContract(picture, contract, planes);
  const input = { size, planes, values };
  const body = bodyCells(input, regionCells(contract), (value) => value * std + mean);
  return { group, input, explained: await explainer.explain(values), body };
}

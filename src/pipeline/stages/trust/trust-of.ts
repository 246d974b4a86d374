import type { Contract } from '../../domain/contract.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import type { Trust } from '../../domain/trust.ts';
import { openExplainer } from '../explain/explainer.ts';
import { type GroupedPicture, regionCells, type TrustCase, trustCase } from './case.ts';
import { deletionPart } from './deletion.ts';
import { lesionCases, lesionsPart } from './lesions.ts';
import { randomisedPart } from './randomised.ts';

/** Pictures of (b), and of (a), which loads a network for each step. */
const deletedPictures = 24;
const randomisedPictures = 12;

export interface TrustOptions {
  /** Pictures of the kind that the model is for; without them synthetic ones are taken. */
  readonly pictures?: readonly GroupedPicture[];
  readonly report?: (done: number, total: number) => void;
}

/**
 * Whether the heat maps of a model may be shown: (a) they depend on what was learned, (b) what they mark matters to the
 * answer, (c) they lie on lesions whose place is known. The same network and pictures give the same figures.
 */
export async function trustOf(
  network: WeightedNetwork,
  contract: Contract,
  { pictures = [], report = () => undefined }: TrustOptions = {},
): Promise<Trust> {
  const explainer = await openExplainer(network, contract);
  try {
    report(0, 3);
    const lesion = await lesionCases(contract, explainer);
    const lesions = lesionsPart(contract, lesion);
    report(1, 3);
    const own = await Promise.all(pictures.map((picture) => trustCase(picture, contract, explainer)));
    const cases = own.length > 0 ? own : spread(lesion, deletedPictures);
    const deletion = await deletionPart(explainer, spread(cases, deletedPictures), regionCells(contract));
    report(2, 3);
    const randomised = await randomisedPart(network, contract, spread(cases, randomisedPictures));
    report(3, 3);
    const passed = randomised.passed && deletion.passed && (!lesions.applicable || lesions.passed);
    return { version: 1, pictures: own.length > 0 ? 'dataset' : 'synthetic', randomised, deletion, lesions, passed };
  } finally {
    await explainer.close();
  }
}

/** So many of the cases, from all over the list: its neighbours are alike. */
function spread(cases: readonly TrustCase[], most: number): readonly TrustCase[] {
  if (cases.length <= most) return cases;
  return Array.from({ length: most }, (_, index) => cases[Math.floor((index * cases.length) / most)]).flatMap(
    (each) => each ?? [],
  );
}

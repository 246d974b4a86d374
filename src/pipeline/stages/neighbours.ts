import { HilumError } from '../domain/errors.ts';
import {
  type NeighboursInput,
  type NeighboursReport,
  neighbourCount,
  neighboursInputSchema,
} from '../domain/explain.ts';
import { applyContract } from '../images/index.ts';
import { throwIfCancelled } from './cancel.ts';
import type { StageContext } from './context.ts';
import { framesOf, type OpenedFrame } from './explain/frames.ts';
import { type SealedExplainer, withExplainer } from './explain/kept-explainer.ts';
import { ownPlace } from './neighbours/own-place.ts';
import { type TrainingCases, trainingCases } from './neighbours/training-cases.ts';
import type { Stage } from './stage.ts';

/**
 * The training images that the network finds most alike, from other scans and patients. Works where the model was trained
 * alone: vectors of patients' pictures are never sealed into a model.
 */
export const neighbours: Stage<NeighboursInput> = {
  input: neighboursInputSchema,
  run: (input, context) => withExplainer(input.model, input.keep, (lent) => compareAll(input, lent, context)),
};

async function compareAll(
  input: NeighboursInput,
  lent: SealedExplainer,
  context: StageContext,
): Promise<NeighboursReport> {
  const known = await trainingCases(input, lent, context);
  const images: NeighboursReport['images'] = [];
  for (const file of input.files) {
    for await (const frame of framesOf(file)) {
      throwIfCancelled(context.signal);
      images.push(await compareFrame(frame, lent, known));
    }
  }
  const groups = new Set(known.cases.map(({ group }) => group)).size;
  return { seal: lent.model.sealHash, compared: { images: known.cases.length, groups }, images };
}

async function compareFrame(
  frame: OpenedFrame,
  { model: { contract }, explainer }: SealedExplainer,
  known: TrainingCases,
): Promise<NeighboursReport['images'][number]> {
  const { image } = frame;
  if ('error' in frame) return { image, ownScan: 'unknown', neighbours: [], reason: frame.error.sentence };
  try {
    const { features } = await explainer.explain(applyContract(frame.decoded, contract, explainer.planes));
    const { source, isOwn } = ownPlace(frame.opened, frame.decoded, known.manifest);
    const found = known.nearest(features, isOwn, neighbourCount);
    const neighbours = found.map(({ case: { row }, distance }) => {
      return { image: row.image, class: row.class, scan: row.scan, group: row.group, distance };
    });
    return { image, ownScan: source, neighbours, reason: null };
  } catch (error) {
    if (!(error instanceof HilumError) || !error.code.startsWith('image/')) throw error;
    return { image, ownScan: 'unknown', neighbours: [], reason: error.sentence };
  }
}

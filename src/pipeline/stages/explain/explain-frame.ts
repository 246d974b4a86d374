import { HilumError } from '../../domain/errors.ts';
import type { ExplainedImage } from '../../domain/explain.ts';
import type { HeatMap } from '../../domain/heat-map.ts';
import type { DecodedImage } from '../../domain/image.ts';
import { heatMapOn } from '../../explain/index.ts';
import { applyContract } from '../../images/index.ts';
import { requireInside } from '../classify/require-inside.ts';
import { logOdds } from './explainer.ts';
import type { OpenedFrame } from './frames.ts';
import type { SealedExplainer } from './kept-explainer.ts';
import { placeOnPicture } from './place.ts';

export interface FrameQuestion {
  /** Index of the class to explain; undefined: the answer's. */
  readonly classIndex: number | undefined;
  /** The model passed its trust test. */
  readonly trusted: boolean;
  /** Draws the overlay. @returns the name of its file, null where none is wanted */
  overlay(image: string, decoded: DecodedImage, map: HeatMap): Promise<string | null>;
}

/** One image explained, withheld or refused; nothing is thrown for what is wrong with the image. */
export async function explainFrame(
  frame: OpenedFrame,
  { model: { contract }, explainer, gate }: SealedExplainer,
  question: FrameQuestion,
): Promise<ExplainedImage> {
  const { image } = frame;
  if ('error' in frame) return refused(image, frame.error);
  try {
    const { decoded } = frame;
    const values = applyContract(decoded, contract, explainer.planes);
    const explained = await explainer.explain(values);
    const { probabilities, predicted, logits } = explained;
    if (!probabilities.every(Number.isFinite)) throw new HilumError('image/invalid-output');
    requireInside(gate, { pooled: explained.pooled, values, planes: explainer.planes }, contract);
    const classIndex = question.classIndex ?? predicted;
    const answer = { predicted, probabilities: [...probabilities], class: classIndex };
    if (!question.trusted) return { state: 'withheld', image, ...answer };
    const map = heatMapOn(explained.heatOf(classIndex), placeOnPicture(decoded, contract));
    const overlay = await question.overlay(image, decoded, map);
    return { state: 'explained', image, ...answer, logOdds: logOdds(logits, classIndex), map, overlay };
  } catch (error) {
    if (!(error instanceof HilumError) || !error.code.startsWith('image/')) throw error;
    return refused(image, error);
  }
}

function refused(image: string, { code, sentence }: HilumError): ExplainedImage {
  return { state: 'refused', image, code, reason: sentence };
}

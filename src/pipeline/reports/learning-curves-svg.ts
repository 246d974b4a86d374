import { formatFigure } from './format.ts';
import { type Markup, markup } from './markup.ts';
import { axes, legendLine, lineStyle, niceTicks, type Panel, polyline, svgDocument, tenth } from './svg.ts';

/** The figures of one epoch that are drawn; null where there was no validation part. */
export interface EpochPoint {
  readonly epoch: number;
  /** Null in runs from elsewhere that did not record it. */
  readonly loss: number | null;
  readonly balanced_accuracy: number | null;
  readonly validation_loss: number | null;
  readonly validation_balanced_accuracy: number | null;
}

type Curve = readonly (readonly [number, number])[];

const width = 330;
const height = 260;
const top = 56;

/** Loss and balanced accuracy over epochs, training and validation, in two panels. */
export function learningCurvesSvg(epochs: readonly EpochPoint[], title = 'Learning curves'): string {
  const span: readonly [number, number] = [
    Math.min(1, epochs.at(0)?.epoch ?? 1),
    Math.max(2, epochs.at(-1)?.epoch ?? 2),
  ];
  const trainingLoss = curve(epochs, (point) => point.loss);
  const validationLoss = curve(epochs, (point) => point.validation_loss);
  const highest = Math.max(...[...trainingLoss, ...validationLoss].map(([, y]) => y), 1e-6);
  const lossTicks = niceTicks(highest);
  const loss: Panel = { left: 76, top, width, height, x: span, y: [0, lossTicks.at(-1) ?? 1] };
  const accuracy: Panel = { ...loss, left: loss.left + width + 96, y: [0, 1] };
  const xTicks = [...new Set([span[0], Math.round((span[0] + span[1]) / 2), span[1]])];
  const legendTop = top + height + 66;
  return svgDocument(
    { width: accuracy.left + width + 30, height: legendTop + 38, title, description: inWords(epochs) },
    markup`${axes(loss, { xTicks, yTicks: lossTicks, xLabel: 'Epoch', yLabel: 'Loss' })}${pair(loss, trainingLoss, validationLoss)}${axes(accuracy, { xTicks, yTicks: [0, 0.2, 0.4, 0.6, 0.8, 1], xLabel: 'Epoch', yLabel: 'Balanced accuracy' })}${pair(
      accuracy,
      curve(epochs, (point) => point.balanced_accuracy),
      curve(epochs, (point) => point.validation_balanced_accuracy),
    )}${legendLine(loss.left, legendTop, 0, 'Training', 'Training')}${legendLine(loss.left, legendTop + 22, 1, 'Validation (other patient groups)', 'Validation')}`,
  );
}

/** Points of one figure; epochs without it, or in which it is not finite, are left out. */
function curve(epochs: readonly EpochPoint[], of: (point: EpochPoint) => number | null): Curve {
  return epochs.flatMap((point) => {
    const value = of(point);
    return value === null || !Number.isFinite(value) ? [] : [[point.epoch, value] as const];
  });
}

function pair(panel: Panel, training: Curve, validation: Curve): Markup {
  return markup`${polyline(panel, training, lineStyle(0))}${polyline(panel, validation, lineStyle(1))}`;
}

function inWords(epochs: readonly EpochPoint[]): string {
  const last = epochs.at(-1);
  if (last === undefined) return 'No epoch was trained.';
  const validation =
    last.validation_loss === null
      ? 'There was no validation part.'
      : `Validation loss ${formatFigure(last.validation_loss)}.`;
  return `${tenth(epochs.length)} epochs. At the end: training loss ${figureText(last.loss)}, training balanced accuracy ${figureText(last.balanced_accuracy)}. ${validation}`;
}

const figureText = (value: number | null): string => (value === null ? 'not known' : formatFigure(value));

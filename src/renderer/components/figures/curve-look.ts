import { seriesStyle } from '../../format/palette.ts';
import type { CurveSeries } from './align-series.ts';

const validationDash = [6, 4];

export interface CurveLook {
  /** Name of the token of its colour. */
  readonly color: string;
  readonly dash: readonly number[];
}

/** Colour and dash of the series at a place of the list. */
export function curveLook({ color, dashed }: CurveSeries, index: number): CurveLook {
  const style = seriesStyle(color ?? index);
  if (dashed === undefined) return style;
  return { color: style.color, dash: dashed ? validationDash : [] };
}

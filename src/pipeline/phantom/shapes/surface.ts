import type { Canvas, Fill, Label } from '../canvas.ts';

/** What a shape is filled with. */
export interface Surface {
  readonly fill: Fill;
  readonly label: Label;
  /** Organs stay inside the muscle wall. */
  readonly clipped: boolean;
}

/** Half the width of an antialiased edge, mm. */
export function edgeMm(canvas: Canvas): number {
  return 0.6 * canvas.cut.pixelMm;
}

/** Mixes a value into a pixel; the label follows from half cover on. */
export function put(canvas: Canvas, index: number, cover: number, hu: number, label: Label): void {
  const under = canvas.hu[index] ?? 0;
  canvas.hu[index] = under + (hu - under) * Math.min(cover, 1);
  if (cover > 0.5) canvas.labels[index] = label;
}

import { type GreyWindow, presetOf, windowText } from './grey-window.ts';
import type { LoadedView } from './pixels.ts';
import { type Matrix, type Point, pixelAt } from './placement.ts';

interface ReadoutProps {
  readonly view: LoadedView;
  readonly window: GreyWindow;
  readonly matrix: Matrix;
  /** In device pixels. */
  readonly pointer: Point | null;
}

/** Window, zoom and the value under the pointer. */
export function Readout({ view, window, matrix, pointer }: ReadoutProps) {
  const percent = Math.round(Math.hypot(matrix.a, matrix.b) * 100);
  const preset = view.domain === 'hounsfield' ? presetOf(window) : undefined;
  const at = pointer === null ? undefined : pixelAt(matrix, view, pointer);
  return (
    <>
      {at === undefined ? null : <div>{valueText(view, at)}</div>}
      <div>
        {windowText(window)}
        {preset === undefined ? null : `  ${preset.name}`}
      </div>
      <div>{`Zoom ${percent} %`}</div>
    </>
  );
}

function valueText({ pixels, width, domain }: LoadedView, { x, y }: Point): string {
  const value = pixels[y * width + x] ?? 0;
  return domain === 'hounsfield' ? `${x}, ${y}  ${Math.round(value)} HU` : `${x}, ${y}  grey ${Math.round(value)}`;
}

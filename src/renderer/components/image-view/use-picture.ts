import { type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import type { HeatMap } from '../../../pipeline/domain/heat-map.ts';
import { greyTable, paint } from './grey-table.ts';
import type { GreyWindow } from './grey-window.ts';
import { heatPixels } from './heat/heat-pixels.ts';
import type { LoadedView } from './pixels.ts';
import { type Matrix, matrixOf, type Placement } from './placement.ts';
import type { CanvasSize } from './use-canvas-size.ts';

interface Picture {
  readonly view: LoadedView | undefined;
  readonly window: GreyWindow | undefined;
  readonly inverted: boolean;
  readonly placement: Placement;
  readonly size: CanvasSize;
  /** Over the picture; undefined: nothing but greys. */
  readonly heat: HeatMap | undefined;
  /** Of the hottest colour, 0..1. */
  readonly heatOpacity: number;
}

/** From two device pixels an image pixel on, pixels are shown as the squares they are. */
const squaresFrom = 2;

/** Keeps a canvas showing a picture: grey values when window or pixels change, the drawing on every change. */
export function usePicture(canvas: RefObject<HTMLCanvasElement | null>, picture: Picture): void {
  const { view, window: greyWindow, inverted, placement, size, heat, heatOpacity } = picture;
  const greys = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    greys.current =
      view === undefined || greyWindow === undefined
        ? null
        : greysOf(view, greyWindow, inverted, greys.current ?? undefined);
  }, [view, greyWindow, inverted]);

  const colours = useMemo(
    () => (view === undefined || heat === undefined ? null : coloursOf(heat, view, heatOpacity)),
    [view, heat, heatOpacity],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: new grey values are a new drawing
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (canvas.current === null || !context || size.width === 0) return;
    if (canvas.current.width !== size.width) canvas.current.width = size.width;
    if (canvas.current.height !== size.height) canvas.current.height = size.height;
    context.resetTransform();
    context.fillStyle = '#000';
    context.fillRect(0, 0, size.width, size.height);
    if (greys.current === null) return;
    draw(context, greys.current, matrixOf(placement, greys.current, size, size.pixelRatio));
    if (colours === null) return;
    context.imageSmoothingEnabled = true;
    context.drawImage(colours, 0, 0, greys.current.width, greys.current.height);
  }, [canvas, view, greyWindow, inverted, placement, size, colours]);
}

/** The picture at its own size; the canvas of the picture before is used again. */
function greysOf(
  { width, height, domain, pixels }: LoadedView,
  greyWindow: GreyWindow,
  inverted: boolean,
  canvas = document.createElement('canvas'),
): HTMLCanvasElement {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = new ImageData(width, height);
  const signed = domain === 'hounsfield';
  paint(pixels, greyTable(greyWindow, inverted, signed), signed, new Uint32Array(image.data.buffer));
  canvas.getContext('2d', { alpha: false })?.putImageData(image, 0, 0);
  return canvas;
}

function coloursOf(heat: HeatMap, picture: LoadedView, opacity: number): HTMLCanvasElement {
  const { width, height, rgba } = heatPixels(heat, picture, opacity);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

function draw(context: CanvasRenderingContext2D, greys: HTMLCanvasElement, matrix: Matrix): void {
  const { a, b, c, d, e, f } = matrix;
  const scale = Math.hypot(a, b);
  context.imageSmoothingEnabled = scale < squaresFrom && scale !== 1;
  context.imageSmoothingQuality = 'high';
  context.setTransform(a, b, c, d, e, f);
  context.drawImage(greys, 0, 0);
}

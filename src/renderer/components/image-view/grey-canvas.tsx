import { useLayoutEffect, useRef } from 'react';
import { fromBase64 } from './pixels.ts';
import './image-view.css';

interface GreyCanvasProps {
  /** Name for those who do not see it. */
  readonly label: string;
  /** Height and width in pixels. */
  readonly size: number;
  /** Base64 of size x size greys. */
  readonly pixels: string;
}

/** A square of greys, each pixel as the network gets it: no smoothing. */
export function GreyCanvas({ label, size, pixels }: GreyCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (!context) return;
    const greys = fromBase64(pixels);
    const image = new ImageData(size, size);
    const rgba = new Uint32Array(image.data.buffer);
    for (let at = 0; at < rgba.length; at++) rgba[at] = 0xff000000 | ((greys[at] ?? 0) * 0x010101);
    context.putImageData(image, 0, 0);
  }, [size, pixels]);
  return <canvas ref={canvas} className="h-grey-canvas" width={size} height={size} role="img" aria-label={label} />;
}

import { ImageOff } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { Thumbnail as Small } from './thumbnail-loader.ts';

/** A small grey picture, or a sign that there is none. */
export function Thumbnail({ picture }: { readonly picture: Small | null | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current === null || !picture) return;
    const { side, greys } = picture;
    canvas.current.width = side;
    canvas.current.height = side;
    const image = new ImageData(side, side);
    const rgba = new Uint32Array(image.data.buffer);
    for (let at = 0; at < rgba.length; at++) rgba[at] = 0xff000000 | ((greys[at] ?? 0) * 0x010101);
    canvas.current.getContext('2d', { alpha: false })?.putImageData(image, 0, 0);
  }, [picture]);
  if (picture === null) return <ImageOff className="h-thumb-none" size={20} aria-hidden="true" />;
  return <canvas ref={canvas} className="h-thumb-picture" width={1} height={1} />;
}

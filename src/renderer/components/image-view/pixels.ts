import type { View } from '../../../main/ipc/contract.ts';

export type Pixels = Uint8Array | Uint16Array | Int16Array | Float32Array;

/** An image of the core, its pixels as numbers. */
export interface LoadedView extends Omit<View, 'pixels'> {
  readonly pixels: Pixels;
  /** Memory of the pixels. */
  readonly bytes: number;
}

export function loadedView({ pixels, ...rest }: View): LoadedView {
  const bytes = fromBase64(pixels);
  return { ...rest, pixels: samplesOf(bytes, rest.sampleType), bytes: bytes.byteLength };
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Every machine that the page runs on is little-endian, as the pixels are. */
function samplesOf(bytes: Uint8Array<ArrayBuffer>, sampleType: View['sampleType']): Pixels {
  switch (sampleType) {
    case 'uint8':
      return bytes;
    case 'uint16':
      return new Uint16Array(bytes.buffer);
    case 'int16':
      return new Int16Array(bytes.buffer);
    case 'float32':
      return new Float32Array(bytes.buffer);
  }
}

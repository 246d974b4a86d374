import type { Attribute, Native } from '../native.ts';

export interface Window {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

/** Stride and padding of a convolution, as TensorFlow's attributes. */
export function windowAttributes({ attributes }: Native, { stride, padding }: Window): Attribute[] {
  return [...strideAttributes(attributes, stride), attributes.text('padding', padding.toUpperCase())];
}

/**
 * The same padding in numbers. oneDNN leaves such convolutions to TensorFlow's own code.
 * @param shape of the input, rows, height, width, channels
 */
export function numberedWindowAttributes(
  { attributes }: Native,
  { kernelSize, stride, padding }: Window,
  [, height = 0, width = 0]: readonly number[],
): Attribute[] {
  const edges = (length: number): [number, number] => {
    const total =
      padding === 'valid' ? 0 : Math.max((Math.ceil(length / stride) - 1) * stride + kernelSize - length, 0);
    const before = Math.floor(total / 2);
    return [before, total - before];
  };
  return [
    ...strideAttributes(attributes, stride),
    attributes.text('padding', 'EXPLICIT'),
    attributes.integers('explicit_paddings', [0, 0, ...edges(height), ...edges(width), 0, 0]),
  ];
}

function strideAttributes(attributes: Native['attributes'], stride: number): Attribute[] {
  return [
    attributes.float('T'),
    attributes.integers('strides', [1, stride, stride, 1]),
    attributes.text('data_format', 'NHWC'),
    attributes.integers('dilations', [1, 1, 1, 1]),
  ];
}

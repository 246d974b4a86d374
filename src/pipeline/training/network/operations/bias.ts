import type { Tensor } from '@tensorflow/tfjs-node';
import type { Attribute, Native } from '../native.ts';

/** The value with the bias of each channel; the given one is gone. */
export function addedBias(native: Native, value: Tensor, bias: Tensor): Tensor {
  return native.through('BiasAdd', biasAttributes(native), value, bias);
}

/** Sum over everything but the channels. */
export function biasGradient(native: Native, gradient: Tensor): Tensor {
  return native.run('BiasAddGrad', biasAttributes(native), [gradient]);
}

function biasAttributes({ attributes }: Native): Attribute[] {
  return [attributes.float('T'), attributes.text('data_format', 'NHWC')];
}

import { activationLayer, leakyReluLayer, reluLayer, softmaxLayer } from './activations.ts';
import { conv2d, depthwiseConv2d, separableConv2d } from './convolutions.ts';
import { add, concatenate } from './joining.ts';
import type { LayerBuilder } from './layer-builder.ts';
import { batchNormalization, normalization, rescaling } from './normalization.ts';
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d } from './pooling.ts';
import { dense, dropout, flatten, onlyInTraining, zeroPadding2d } from './shaping.ts';

/** Allow-list of layer kinds. Names are looked up as own properties only. */
export const layerBuilders: Readonly<Record<string, LayerBuilder>> = {
  Conv2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
  Dense: dense,
  BatchNormalization: batchNormalization,
  Rescaling: rescaling,
  Normalization: normalization,
  Activation: activationLayer,
  ReLU: reluLayer,
  LeakyReLU: leakyReluLayer,
  Softmax: softmaxLayer,
  MaxPooling2D: maxPooling2d,
  AveragePooling2D: averagePooling2d,
  GlobalAveragePooling2D: globalAveragePooling2d,
  GlobalMaxPooling2D: globalMaxPooling2d,
  Flatten: flatten,
  ZeroPadding2D: zeroPadding2d,
  Add: add,
  Concatenate: concatenate,
  Dropout: dropout,
  ...Object.fromEntries(
    [
      'SpatialDropout2D',
      'AlphaDropout',
      'GaussianDropout',
      'GaussianNoise',
      'ActivityRegularization',
      'RandomFlip',
      'RandomRotation',
      'RandomZoom',
      'RandomTranslation',
      'RandomContrast',
      'RandomBrightness',
    ].map((kind) => [kind, onlyInTraining]),
  ),
};

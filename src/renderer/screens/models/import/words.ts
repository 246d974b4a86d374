import { type Contract, resizeRules } from '../../../../pipeline/domain/contract.ts';
import {
  type ChannelOrder,
  type NetworkFacts,
  rangeNames,
  type statedRoundings,
} from '../../../../pipeline/domain/import-network.ts';

export const kindWords: Record<NetworkFacts['kind'], string> = {
  'keras-h5': 'Keras model (HDF5)',
  'tfjs-layers': 'tfjs layers-model',
  sealed: 'Sealed model',
};

export const endingWords = {
  softmax: 'softmax',
  sigmoid: 'one sigmoid unit: first class “no”, second “yes”',
  logits: 'logits, which get a softmax',
} as const;

const resizeWords: Record<Contract['resize'], string> = {
  area: 'Area averages',
  bilinear: 'Bilinear, antialiased (Pillow)',
  nearest: 'Nearest, pixel centres',
  'nearest-pillow': 'Nearest (Pillow, Keras load_img)',
  'bilinear-plain': 'Bilinear, half-pixel centres (OpenCV, tf.image)',
  'bilinear-corner': 'Bilinear, corners (tfjs)',
  'nearest-corner': 'Nearest, corners (OpenCV)',
  bicubic: 'Bicubic, antialiased (Pillow)',
};
const rangeWords: Record<(typeof rangeNames)[number], string> = {
  '0..1': '0 to 1',
  '-1..1': '-1 to 1',
  '0..255': '0 to 255',
  imagenet: 'ImageNet mean and deviation of each channel',
  caffe: 'ImageNet mean of each channel taken away (Caffe)',
};
const roundingWords: Record<(typeof statedRoundings)[number], string> = {
  none: 'None',
  byte: 'Once, to 8 bit (NumPy)',
  'each-pass': 'After columns and rows (Pillow)',
};
const channelWords: Record<Exclude<ChannelOrder, 'grey'>, string> = {
  rgb: 'Red, green, blue',
  bgr: 'Blue, green, red',
};

const choices = <Value extends string>(words: Readonly<Record<Value, string>>, values: readonly Value[]) =>
  values.map((value) => ({ value, label: words[value] }));

export const resizeChoices = choices(resizeWords, resizeRules);
export const rangeChoices = choices(rangeWords, rangeNames);
export const roundingChoices = choices(roundingWords, ['none', 'byte', 'each-pass']);
export const channelChoices = choices(channelWords, ['rgb', 'bgr']);

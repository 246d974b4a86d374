import type { Network } from '../../domain/network.ts';
import type { Backbone } from './backbone.ts';
import { nodeList } from './node-list.ts';

/** Convolutions of each block and their filters. */
const blocks: readonly { readonly convolutions: number; readonly filters: number }[] = [
  { convolutions: 2, filters: 64 },
  { convolutions: 2, filters: 128 },
  { convolutions: 3, filters: 256 },
  { convolutions: 3, filters: 512 },
  { convolutions: 3, filters: 512 },
];

/** ImageNet means that the Caffe weights expect to be subtracted, in their order blue, green, red. */
const channelMeans = [103.939, 116.779, 123.68] as const;
const mean = 116.779;
const shift = 'channel_shift';

/**
 * VGG16 with the layer names of Keras Applications. Source: Simonyan & Zisserman 2014 (arXiv 1409.1556).
 * The contract subtracts one mean; a fixed 1x1 depthwise node adds what each channel's own mean differs by,
 * before the first zero padding, so that the result equals Keras' `preprocess_input`.
 */
export const vgg16: Backbone = {
  id: 'vgg16',
  title: 'VGG16',
  licence: 'weights of the user (Keras Applications: Apache-2.0; original weights: CC BY 4.0)',
  valueRange: { mean, std: 1 },
  defaultSize: 224,
  features: ['top', ...blocks.slice(0, -1).map((_, index) => `block${index + 1}`)],
  fixedWeights: new Map([
    [`${shift}/depthwise_kernel`, { shape: [1, 1, 3, 1], data: Float32Array.of(1, 1, 1) }],
    [`${shift}/bias`, { shape: [3], data: Float32Array.from(channelMeans, (each) => mean - each) }],
  ]),
  build,
  nodeOfFeature: (level) => (level === 'top' ? `block${blocks.length}_pool` : `${level}_pool`),
  blocks: [
    'top',
    ...blocks
      .slice(0, -1)
      .map((_, index) => `block${index + 1}`)
      .reverse(),
  ],
  blockOfNode: (node) => (node.startsWith(`block${blocks.length}_`) ? 'top' : /^block\d(?=_)/.exec(node)?.[0]),
};

function build(size: number): Network {
  const list = nodeList();
  const common = { padding: 'same', bias: true } as const;
  let value = list.push({
    op: 'depthwise',
    name: shift,
    input: 'input',
    kernelSize: 1,
    stride: 1,
    ...common,
    activation: 'linear',
  });
  blocks.forEach(({ convolutions, filters }, index) => {
    const block = `block${index + 1}`;
    for (let conv = 1; conv <= convolutions; conv++) {
      const name = `${block}_conv${conv}`;
      value = list.push({
        op: 'conv',
        name,
        input: value,
        filters,
        kernelSize: 3,
        stride: 1,
        ...common,
        activation: 'relu',
      });
    }
    value = list.push({ op: 'maxPool', name: `${block}_pool`, input: value, poolSize: 2, stride: 2 });
  });
  return { input: { size, channels: 3 }, nodes: list.nodes, output: value };
}

import type { Network } from '../../domain/network.ts';
import type { Backbone, ShapesByName } from './backbone.ts';
import { nodeList } from './node-list.ts';

/** Inverted residual blocks in order: output channels before the width factor, stride. */
const blocks: readonly { readonly filters: number; readonly stride: number }[] = [
  { filters: 24, stride: 2 },
  { filters: 24, stride: 1 },
  { filters: 32, stride: 2 },
  { filters: 32, stride: 1 },
  { filters: 32, stride: 1 },
  { filters: 64, stride: 2 },
  { filters: 64, stride: 1 },
  { filters: 64, stride: 1 },
  { filters: 64, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 96, stride: 1 },
  { filters: 160, stride: 2 },
  { filters: 160, stride: 1 },
  { filters: 160, stride: 1 },
  { filters: 320, stride: 1 },
];
/** Widths that Keras Applications offers ImageNet weights for. */
const widths = [1, 0.35, 0.5, 0.75, 1.3, 1.4] as const;
const expansion = 6;
const epsilon = 1e-3;
const lastFilters = 320;
/** The first convolution and the block without expansion, which is no feature level of its own. */
const stem = 'stem';

/**
 * MobileNetV2 with the layer names of Keras Applications.
 * Source: Sandler et al. 2018 (arXiv 1801.04381), keras/applications/mobilenet_v2.py.
 * Keras pads before a strided depthwise convolution with its own layer; `same` puts the same zeros.
 */
export const mobilenetV2: Backbone = {
  id: 'mobilenet-v2',
  title: 'MobileNetV2',
  licence: 'weights of the user (Keras Applications: Apache-2.0)',
  valueRange: { mean: 127.5, std: 127.5 },
  defaultSize: 224,
  features: ['top', ...blocks.map((_, index) => `block_${index + 1}`)],
  build: (size, shapes) => build(size, widthOf(shapes)),
  nodeOfFeature: (level) => (level === 'top' ? 'out_relu' : lastNodeOfBlock(Number(level.slice('block_'.length)))),
  blocks: ['top', ...blocks.map((_, index) => `block_${index + 1}`).reverse(), stem],
  blockOfNode,
};

function blockOfNode(node: string): string | undefined {
  if (/^(?:bn_)?Conv1(?:_|$)|^expanded_conv_/.test(node)) return stem;
  return node.startsWith('Conv_1') ? 'top' : /^block_\d+(?=_)/.exec(node)?.[0];
}

/** Width factor of the user's weights, told by the last block's channels; 1 where nothing is known. */
function widthOf(shapes: ShapesByName | undefined): number {
  const last = shapes?.get(`block_${blocks.length}_project/kernel`)?.[3];
  return widths.find((width) => scaled(lastFilters, width) === last) ?? 1;
}

/** Channels times width, rounded to a multiple of 8 and never more than a tenth below (the paper's make_divisible). */
function scaled(filters: number, width: number): number {
  const wanted = filters * width;
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}

function isResidual(index: number): boolean {
  return blocks[index]?.stride === 1 && blocks[index]?.filters === blocks[index - 1]?.filters;
}

function lastNodeOfBlock(block: number): string {
  return isResidual(block - 1) ? `block_${block}_add` : `block_${block}_project_BN`;
}

function build(size: number, width: number): Network {
  const list = nodeList();
  let channels = scaled(32, width);
  let value = list.conv('Conv1', 'input', { filters: channels, kernelSize: 3, stride: 2 });
  value = list.relu6('Conv1_relu', list.batchNorm('bn_Conv1', value, epsilon));
  const tail = (name: string, stride: number, filters: number): void => {
    value = list.depthwise(`${name}_depthwise`, value, 3, stride);
    value = list.relu6(`${name}_depthwise_relu`, list.batchNorm(`${name}_depthwise_BN`, value, epsilon));
    value = list.conv(`${name}_project`, value, { filters, kernelSize: 1 });
    value = list.batchNorm(`${name}_project_BN`, value, epsilon);
    channels = filters;
  };
  tail('expanded_conv', 1, scaled(16, width));
  blocks.forEach(({ filters, stride }, index) => {
    const name = `block_${index + 1}`;
    const before = value;
    value = list.conv(`${name}_expand`, value, { filters: channels * expansion, kernelSize: 1 });
    value = list.relu6(`${name}_expand_relu`, list.batchNorm(`${name}_expand_BN`, value, epsilon));
    tail(name, stride, scaled(filters, width));
    if (isResidual(index)) value = list.add(`${name}_add`, before, value);
  });
  const topFilters = width > 1 ? scaled(1280, width) : 1280;
  value = list.conv('Conv_1', value, { filters: topFilters, kernelSize: 1 });
  value = list.relu6('out_relu', list.batchNorm('Conv_1_bn', value, epsilon));
  return { input: { size, channels: 3 }, nodes: list.nodes, output: value };
}

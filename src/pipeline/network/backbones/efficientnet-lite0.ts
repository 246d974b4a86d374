import type { Network } from '../../domain/network.ts';
import type { Backbone } from './backbone.ts';
import { nodeList } from './node-list.ts';

/** Blocks of each stage: kernel size, stride of the first block, expansion, output channels. */
const stages = [
  { blocks: 1, kernelSize: 3, stride: 1, expand: 1, filters: 16 },
  { blocks: 2, kernelSize: 3, stride: 2, expand: 6, filters: 24 },
  { blocks: 2, kernelSize: 5, stride: 2, expand: 6, filters: 40 },
  { blocks: 3, kernelSize: 3, stride: 2, expand: 6, filters: 80 },
  { blocks: 3, kernelSize: 5, stride: 1, expand: 6, filters: 112 },
  { blocks: 4, kernelSize: 5, stride: 2, expand: 6, filters: 192 },
  { blocks: 1, kernelSize: 3, stride: 1, expand: 6, filters: 320 },
] as const;

const epsilon = 1e-3;
const stemFilters = 32;
const topFilters = 1280;

/**
 * EfficientNet-Lite0: EfficientNet-B0 without squeeze-and-excitation, ReLU6 for swish, fixed stem and head.
 * Source: Tan & Le 2019 (arXiv 1905.11946) and tensorflow/tpu, models/official/efficientnet/lite.
 */
export const efficientnetLite0: Backbone = {
  id: 'efficientnet-lite0',
  title: 'EfficientNet-Lite0, ImageNet',
  licence: 'Apache-2.0',
  valueRange: { mean: 127, std: 128 },
  defaultSize: 224,
  features: ['top', ...stages.map((_, index) => `block${index + 1}`)],
  bundledFolder: 'efficientnet-lite0',
  build,
  nodeOfFeature: (level) => (level === 'top' ? 'top_activation' : lastNodeOfStage(Number(level.slice('block'.length)))),
  blocks: ['top', ...stages.map((_, index) => `block${index + 1}`).reverse(), 'stem'],
  blockOfNode: (node) => /^(?:stem|block\d|top)/.exec(node)?.[0],
};

function lastNodeOfStage(stage: number): string {
  const blocks = stages[stage - 1]?.blocks ?? 1;
  const name = `block${stage}${letter(blocks - 1)}`;
  return blocks > 1 ? `${name}_add` : `${name}_project_bn`;
}

function letter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index);
}

function build(size: number): Network {
  const list = nodeList();
  let value = list.conv('stem_conv', 'input', { filters: stemFilters, kernelSize: 3, stride: 2 });
  value = list.relu6('stem_activation', list.batchNorm('stem_bn', value, epsilon));
  let channels: number = stemFilters;
  stages.forEach((stage, index) => {
    for (let block = 0; block < stage.blocks; block++) {
      const name = `block${index + 1}${letter(block)}`;
      const before = value;
      if (stage.expand > 1) {
        value = list.conv(`${name}_expand_conv`, value, { filters: channels * stage.expand, kernelSize: 1 });
        value = list.relu6(`${name}_expand_activation`, list.batchNorm(`${name}_expand_bn`, value, epsilon));
      }
      value = list.depthwise(`${name}_dwconv`, value, stage.kernelSize, block === 0 ? stage.stride : 1);
      value = list.relu6(`${name}_activation`, list.batchNorm(`${name}_bn`, value, epsilon));
      value = list.conv(`${name}_project_conv`, value, { filters: stage.filters, kernelSize: 1 });
      value = list.batchNorm(`${name}_project_bn`, value, epsilon);
      if (block > 0) value = list.add(`${name}_add`, value, before);
      channels = stage.filters;
    }
  });
  value = list.conv('top_conv', value, { filters: topFilters, kernelSize: 1 });
  value = list.relu6('top_activation', list.batchNorm('top_bn', value, epsilon));
  return { input: { size, channels: 3 }, nodes: list.nodes, output: value };
}

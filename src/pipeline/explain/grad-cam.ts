import { type Grid, resized } from './grid.ts';
import type { Head } from './head.ts';

/** A feature map of one image: [channels, height, width]. */
export interface FeatureMap {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** One image's way through the head. */
export interface ImageHeat {
  /** All pooled features as one vector. */
  readonly features: Float64Array;
  /** Before the softmax, in the order of the classes. */
  readonly logits: Float64Array;
  /** Where one class's logit comes from, on a grid that covers the network's input; 0: nothing, or against the class. */
  heatOf(classIndex: number): Grid;
}

/** Cells a side that a heat map has at least: coarser ones are interpolated to it. */
const leastCells = 28;

/** @param maps of one image, as `head.maps` orders them */
export function imageHeat(head: Head, maps: readonly FeatureMap[]): ImageHeat {
  const answer = head.answer(maps.map(pooled));
  return {
    features: answer.features,
    logits: answer.logits,
    heatOf(classIndex) {
      const gradients = answer.gradient(classIndex);
      return added(maps.map((map, index) => gradCam(map, gradients[index] ?? new Float64Array())));
    },
  };
}

/** Mean of each channel over height and width, as global average pooling makes it. */
export function pooled({ channels, height, width, values }: FeatureMap): Float64Array {
  const area = height * width;
  const means = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let at = channel * area; at < (channel + 1) * area; at++) sum += values[at] ?? 0;
    means[channel] = sum / area;
  }
  return means;
}

/**
 * Grad-CAM of one map (Selvaraju et al. 2017): ReLU(Σ alpha_k A_k). The head reads a map through its means alone, so that
 * the mean gradient alpha_k is the gradient of the pooled feature / (height × width). A map that later layers read as well
 * counts by its own way into the head: what runs through the later ones is in their maps.
 */
export function gradCam({ channels, height, width, values }: FeatureMap, gradient: Float64Array): Grid {
  const area = height * width;
  const sums = new Float64Array(area);
  for (let channel = 0; channel < channels; channel++) {
    const alpha = (gradient[channel] ?? 0) / area;
    for (let at = 0; at < area; at++) sums[at] = (sums[at] ?? 0) + alpha * (values[channel * area + at] ?? 0);
  }
  return { width, height, values: sums.map((value) => Math.max(value, 0)) };
}

/**
 * Maps of different resolution as one. Each is multiplied by its number of cells first: alpha holds 1 / (height × width), so
 * that a fine map would count less for being fine. Measured on synthetic lesions: more of them lie in the hot fifth of this
 * sum than of the plain sum or of any single map.
 */
export function added(grids: readonly Grid[]): Grid {
  const width = Math.max(leastCells, ...grids.map((grid) => grid.width));
  const height = Math.max(leastCells, ...grids.map((grid) => grid.height));
  const values = new Float64Array(width * height);
  for (const grid of grids) {
    const cells = grid.width * grid.height;
    resized(grid, width, height).values.forEach((value, index) => {
      values[index] = (values[index] ?? 0) + cells * value;
    });
  }
  return { width, height, values };
}

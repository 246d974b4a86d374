import type { Network, Weights } from '../../domain/network.ts';

/** Shapes of the weights that a user brought, by `<layer>/<kind>`. */
export type ShapesByName = ReadonlyMap<string, readonly number[]>;

/** A pretrained network without its classification layer: one row of the backbone table. */
export interface Backbone {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  /** The network's numbers are (grey 0..255 - mean) / std. */
  readonly valueRange: { readonly mean: number; readonly std: number };
  /** Height and width that the weights were trained at, in pixels. */
  readonly defaultSize: number;
  /** Names of the feature levels, `top` first. */
  readonly features: readonly string[];
  /** Folder below `resources/backbones` where the weights are shipped. */
  readonly bundledFolder?: string;
  /** Weights that belong to the definition and stand in no weights file. */
  readonly fixedWeights?: Weights;
  /** @param shapes of the user's weights, where the topology depends on them (MobileNetV2's width) */
  build(size: number, shapes?: ShapesByName): Network;
  /** Node whose output map is pooled for a level of `features`. */
  nodeOfFeature(level: string): string;
  /** Names of the blocks that fine-tuning counts, from the last one down. */
  readonly blocks: readonly string[];
  /** Block that a node with weights belongs to; undefined for fixed nodes, which are never trained. */
  blockOfNode(node: string): string | undefined;
}

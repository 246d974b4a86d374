import type { Tensor } from '@tensorflow/tfjs-node';
import type { NetworkNode } from '../../domain/network.ts';
import type { Native } from './native.ts';

/** A node's weights by kind: kernel, bias, gamma … */
export type WeightTensors = Readonly<Record<string, Tensor>>;

/** Which gradients a step asks of a node. */
export interface Wanted {
  /** One a value that the node reads. */
  readonly inputs: readonly boolean[];
  /** Kinds of its own weights. */
  readonly weights: ReadonlySet<string>;
}

/** What the gradient reads of the forward pass; everything else is freed as soon as the next nodes have read it. */
export interface Kept {
  readonly inputs: boolean;
  readonly output: boolean;
}

/** The forward pass of a node as its gradient sees it. A tensor that was not asked for in `Kept` is gone; its shape is not. */
export interface Passed {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly weights: WeightTensors;
}

/** New tensors, the caller's to dispose of. */
export interface Gradients {
  /** In the order of the inputs; undefined where none was wanted. */
  readonly inputs: readonly (Tensor | undefined)[];
  readonly weights: WeightTensors;
}

/** A step's own numbers. */
export interface Pass {
  /** Dropout before the head, [rows, feature dimensions]; undefined without, and in prediction. */
  readonly mask: Tensor | undefined;
}

/** One node, ready to run. */
export interface Operation {
  /** A new tensor, also where the value does not change. */
  forward(inputs: readonly Tensor[], weights: WeightTensors, pass: Pass): Tensor;
  keeps(wanted: Wanted): Kept;
  /** @param gradient of the loss with respect to the output; left to the caller */
  backward(gradient: Tensor, passed: Passed, wanted: Wanted, pass: Pass): Gradients;
}

export type NodeOf<Op extends NetworkNode['op']> = Extract<NetworkNode, { op: Op }>;

/** Makes the operation of one kind of node. */
export type OperationOf<Op extends NetworkNode['op']> = (native: Native, node: NodeOf<Op>) => Operation;

/** The only value of a node that reads one. */
export function single(tensors: readonly Tensor[]): Tensor {
  const [tensor] = tensors;
  if (tensor === undefined) throw new RangeError('a node without input');
  return tensor;
}

/** A node's weight of that kind. */
export function weightOfKind(weights: WeightTensors, kind: string): Tensor {
  const tensor = weights[kind];
  if (tensor === undefined) throw new RangeError(`a node without ${kind}`);
  return tensor;
}

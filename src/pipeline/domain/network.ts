/** A dense array of 32-bit floats with a shape, row-major. */
export interface WeightArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Weights by `<node>/<kind>`: kernel [h,w,in,out], depthwise_kernel [h,w,channels,1], bias, gamma, beta, moving_mean, moving_variance. */
export type Weights = ReadonlyMap<string, WeightArray>;

export type Activation = 'linear' | 'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'softmax';
/** [top, bottom, left, right] in pixels. */
export type Padding = readonly [number, number, number, number];

interface Named {
  readonly name: string;
}
interface OneInput extends Named {
  readonly input: string;
}

/**
 * One layer of a network. Channels last, as in Keras; `same` pads as TensorFlow does (the extra pixel after).
 * Both writers (tfjs layers-model, ONNX) and the counters read this one definition.
 */
export type NetworkNode =
  | (OneInput & {
      readonly op: 'conv';
      readonly filters: number;
      readonly kernelSize: number;
      readonly stride: number;
      readonly padding: 'same' | 'valid';
      readonly bias: boolean;
      readonly activation: Activation;
    })
  | (OneInput & {
      readonly op: 'depthwise';
      readonly kernelSize: number;
      readonly stride: number;
      readonly padding: 'same' | 'valid';
      readonly bias: boolean;
      readonly activation: Activation;
    })
  | (OneInput & { readonly op: 'batchNorm'; readonly epsilon: number })
  | (OneInput & { readonly op: 'activation'; readonly activation: Activation })
  | (OneInput & { readonly op: 'pad'; readonly pads: Padding })
  | (OneInput & {
      readonly op: 'maxPool';
      readonly poolSize: number;
      readonly stride: number;
      /** Left out: `valid`. */
      readonly padding?: 'same';
    })
  /** Pixels of the padding are no part of an average, as in TensorFlow. */
  | (OneInput & {
      readonly op: 'averagePool';
      readonly poolSize: number;
      readonly stride: number;
      readonly padding: 'same' | 'valid';
    })
  /** value * alpha below zero. */
  | (OneInput & { readonly op: 'leakyRelu'; readonly alpha: number })
  /** A map as a vector: rows, columns, channels. */
  | (OneInput & { readonly op: 'flatten' })
  | (OneInput & { readonly op: 'globalMaxPool' })
  | (Named & { readonly op: 'add'; readonly inputs: readonly [string, string] })
  | (OneInput & { readonly op: 'globalAveragePool' })
  /** Vectors end to end, or maps of one height and width channel after channel. */
  | (Named & { readonly op: 'concat'; readonly inputs: readonly string[] })
  | (OneInput & { readonly op: 'dropout'; readonly rate: number })
  | (OneInput & { readonly op: 'dense'; readonly units: number; readonly activation: Activation });

/** A network in topological order. The input's name is `input`. */
export interface Network {
  readonly input: { readonly size: number; readonly channels: number };
  readonly nodes: readonly NetworkNode[];
  /** Name of the node whose value is the answer. */
  readonly output: string;
}

/** A network with its numbers. */
export interface WeightedNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

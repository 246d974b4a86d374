import { HilumError } from '../domain/errors.ts';
import type { NetworkNode, WeightArray, WeightedNetwork } from '../domain/network.ts';

/** What one image's pooled features lead to, and where that came from. */
export interface HeadAnswer {
  /** All pooled features as one vector, in the order in which the network joins them. */
  readonly features: Float64Array;
  /** Before the softmax, in the order of the classes. */
  readonly logits: Float64Array;
  /** Gradient of one class's logit with respect to each pooled feature, map by map, as `Head.maps` orders them. */
  gradient(classIndex: number): readonly Float64Array[];
}

/** The part of a network behind its pooled maps: vectors only, so that its gradient is a few lines of arithmetic. */
export interface Head {
  /** Nodes whose maps are averaged over height and width. */
  readonly maps: readonly string[];
  /** @param pooled mean of each channel of each map, as `maps` orders them */
  answer(pooled: readonly Float64Array[]): HeadAnswer;
}

type Vectors = Map<string, Float64Array>;
type PoolNode = Extract<NetworkNode, { op: 'globalAveragePool' }>;
/** A node between the pooled features and the answer. */
type HeadNode = Extract<NetworkNode, { op: 'concat' | 'dense' | 'dropout' | 'activation' | 'batchNorm' }>;

/** @throws HilumError `network/bad-graph` when something else than vectors lies behind the pooled maps */
export function headOf(net: WeightedNetwork): Head {
  const { pools, nodes } = headNodes(net);
  return {
    maps: pools.map(({ input }) => input),
    answer(pooled) {
      const values: Vectors = new Map(pools.map(({ name }, index) => [name, pooled[index] ?? new Float64Array()]));
      for (const node of nodes) values.set(node.name, forward(node, values, net));
      const output = vectorOf(values, net.network.output);
      return {
        features: vectorOf(values, featureNodeOf(net)),
        logits: output,
        gradient(classIndex) {
          const start = new Float64Array(output.length);
          start[classIndex] = 1;
          const gradients: Vectors = new Map([[net.network.output, start]]);
          for (const node of nodes.toReversed()) backward(node, values, gradients, net);
          return pools.map(({ name }) => vectorOf(gradients, name));
        },
      };
    },
  };
}

/** Node that holds all pooled features: what cases are compared by. */
export function featureNodeOf(net: WeightedNetwork): string {
  const { pools, nodes } = headNodes(net);
  return nodes.find(({ op }) => op === 'concat')?.name ?? pools[0]?.name ?? net.network.output;
}

function headNodes({ network }: WeightedNetwork): { pools: readonly PoolNode[]; nodes: readonly HeadNode[] } {
  const wanted = new Set([network.output]);
  const pools: PoolNode[] = [];
  const nodes: HeadNode[] = [];
  for (const node of network.nodes.toReversed()) {
    if (!wanted.has(node.name)) continue;
    if (node.op === 'globalAveragePool') pools.unshift(node);
    else if (isHeadNode(node)) {
      nodes.unshift(node);
      for (const input of node.op === 'concat' ? node.inputs : [node.input]) wanted.add(input);
    } else throw new HilumError('network/bad-graph', { what: `"${node.name}" lies behind the pooled maps` });
  }
  return { pools, nodes };
}

function isHeadNode(node: NetworkNode): node is HeadNode {
  return ['concat', 'dense', 'dropout', 'activation', 'batchNorm'].includes(node.op);
}

function forward(node: HeadNode, values: Vectors, net: WeightedNetwork): Float64Array {
  if (node.op === 'concat') return joined(node.inputs.map((name) => vectorOf(values, name)));
  const input = vectorOf(values, node.input);
  switch (node.op) {
    case 'dropout':
      return input;
    case 'activation':
      return input.map(activationOf(node, net).value);
    case 'batchNorm': {
      const { scale, shift } = normOf(node.name, node.epsilon, net);
      return input.map((value, index) => value * (scale[index] ?? 0) + (shift[index] ?? 0));
    }
    case 'dense':
      return dense(input, weightOf(net, `${node.name}/kernel`), weightOf(net, `${node.name}/bias`)).map(
        activationOf(node, net).value,
      );
  }
}

function backward(node: HeadNode, values: Vectors, gradients: Vectors, net: WeightedNetwork): void {
  const output = vectorOf(gradients, node.name);
  if (node.op === 'concat') {
    let from = 0;
    for (const name of node.inputs) {
      const { length } = vectorOf(values, name);
      add(gradients, name, output.subarray(from, from + length));
      from += length;
    }
    return;
  }
  // ReLU and its kin: where the answer is at a bound, nothing comes through.
  const { slope } = activationOf(node, net);
  const after = vectorOf(values, node.name);
  const through = output.map((value, index) => value * slope(after[index] ?? 0));
  if (node.op === 'dense') add(gradients, node.input, transposed(through, weightOf(net, `${node.name}/kernel`)));
  else if (node.op === 'batchNorm') {
    const { scale } = normOf(node.name, node.epsilon, net);
    add(
      gradients,
      node.input,
      through.map((value, index) => value * (scale[index] ?? 0)),
    );
  } else add(gradients, node.input, through);
}

interface Activated {
  value(x: number): number;
  /** Derivative, told by the value after the activation. */
  slope(y: number): number;
}

const linear: Activated = { value: (x) => x, slope: () => 1 };
const relu: Activated = { value: (x) => Math.max(x, 0), slope: (y) => (y > 0 ? 1 : 0) };
const relu6: Activated = { value: (x) => Math.min(Math.max(x, 0), 6), slope: (y) => (y > 0 && y < 6 ? 1 : 0) };

const sigmoid: Activated = { value: (x) => 1 / (1 + Math.exp(-x)), slope: (y) => y * (1 - y) };
const tanh: Activated = { value: Math.tanh, slope: (y) => 1 - y * y };

/** The answer's own softmax is left out: logits are what is explained. */
function activationOf(node: HeadNode, { network }: WeightedNetwork): Activated {
  if (node.op !== 'dense' && node.op !== 'activation') return linear;
  if (node.activation === 'relu') return relu;
  if (node.activation === 'relu6') return relu6;
  if (node.activation === 'sigmoid') return sigmoid;
  if (node.activation === 'tanh') return tanh;
  if (node.activation === 'softmax' && node.name !== network.output) {
    throw new HilumError('network/bad-graph', { what: `"${node.name}" has a softmax inside the head` });
  }
  return linear;
}

function dense(input: Float64Array, kernel: WeightArray, bias: WeightArray): Float64Array {
  const result = Float64Array.from(bias.data);
  const units = result.length;
  for (let from = 0; from < input.length; from++) {
    const value = input[from] ?? 0;
    for (let to = 0; to < units; to++) result[to] = (result[to] ?? 0) + value * (kernel.data[from * units + to] ?? 0);
  }
  return result;
}

function transposed(gradient: Float64Array, kernel: WeightArray): Float64Array {
  const units = gradient.length;
  return Float64Array.from({ length: kernel.shape[0] ?? 0 }, (_, from) => {
    let sum = 0;
    for (let to = 0; to < units; to++) sum += (gradient[to] ?? 0) * (kernel.data[from * units + to] ?? 0);
    return sum;
  });
}

function normOf(name: string, epsilon: number, net: WeightedNetwork) {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (kind) => weightOf(net, `${name}/${kind}`).data,
  );
  const scale = Float64Array.from(gamma ?? [], (value, index) => value / Math.sqrt((variance?.[index] ?? 0) + epsilon));
  const shift = scale.map((value, index) => (beta?.[index] ?? 0) - value * (mean?.[index] ?? 0));
  return { scale, shift };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function add(gradients: Vectors, name: string, more: Float64Array): void {
  const known = gradients.get(name);
  gradients.set(name, known === undefined ? more.slice() : known.map((value, index) => value + (more[index] ?? 0)));
}

function vectorOf(vectors: Vectors, name: string): Float64Array {
  const value = vectors.get(name);
  if (value === undefined) throw new HilumError('network/bad-graph', { what: `"${name}" has no value` });
  return value;
}

function weightOf({ weights }: WeightedNetwork, name: string): WeightArray {
  const weight = weights.get(name);
  if (weight === undefined)
    throw new HilumError('network/bad-weights', { name: 'the network', what: `${name} is missing` });
  return weight;
}

import type { Tensor } from '@tensorflow/tfjs-node';
import type { NetworkNode, WeightedNetwork } from '../../domain/network.ts';
import { isHeadNode } from '../../domain/node-names.ts';
import type { NetworkSession, NetworkState } from '../network-types.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { differentiate, logitsOf, type Runnable } from './differentiate.ts';
import { type Native, openNative } from './native.ts';
import { operationOf } from './operations/index.ts';
import type { Step } from './plan.ts';
import { openVariables, type Variables } from './variables.ts';

export interface NetworkStart {
  /** To go on from; without, the network's weights and running means of zero. */
  readonly state?: NetworkState | undefined;
  /** Weights that any step may change. A moving mean or variance is none of them. */
  readonly trainable: ReadonlySet<string>;
  /** Penalty on the kernels of the head's dense layers. */
  readonly l2: number;
}

/**
 * A network to be trained further, with an own forward and reverse pass over TensorFlow's operations. The output's softmax
 * belongs to the loss. Equal steps give byte-equal weights on one machine.
 * @throws RangeError for a trainable weight that the network does not have or that no gradient reaches
 */
export function openNetworkSession(tf: TensorFlow, whole: WeightedNetwork, start: NetworkStart): NetworkSession {
  requireTrainable(whole, start.trainable);
  const native = openNative(tf);
  const variables = openVariables(native, whole.weights, start.trainable, start.state);
  const runnable = runnableOf(native, whole, variables);
  return {
    step: (batch, rates) =>
      differentiate(
        native,
        runnable,
        batch,
        (weight) => rates.has(weight),
        (weight, found) => {
          const gradient = penalised(native, variables, weight, found, start.l2);
          variables.update(weight, gradient, rates.get(weight) ?? 0);
          gradient.dispose();
        },
      ),
    predict: (pixels, rows) => logitsOf(native, runnable, pixels, rows),
    read: () => variables.state(),
    dispose: () => {
      variables.dispose();
      native.dispose();
    },
  };
}

/** The network's operations with the weights as they are at each call. */
export function runnableOf(native: Native, whole: WeightedNetwork, variables: Pick<Variables, 'read'>): Runnable {
  return {
    network: whole.network,
    steps: whole.network.nodes.map((node) => stepOf(native, node, whole)),
    weightsOf: ({ node, weightKinds }) =>
      Object.fromEntries(weightKinds.map((kind) => [kind, variables.read(`${node.name}/${kind}`)])),
  };
}

function stepOf(native: Native, node: NetworkNode, { weights }: WeightedNetwork): Step {
  const own = [...weights.keys()].map(splitName).filter(([name]) => name === node.name);
  const inputs = 'inputs' in node ? node.inputs : [node.input];
  return { node, inputs, operation: operationOf(native, node), weightKinds: own.map(([, kind]) => kind) };
}

/** Node and kind of a weight. An imported node's name may hold a slash itself. */
function splitName(weight: string): readonly [node: string, kind: string] {
  const slash = weight.lastIndexOf('/');
  return [weight.slice(0, slash), weight.slice(slash + 1)];
}

/** The gradient with that of l2 × kernel²; the given one is gone. */
function penalised(native: Native, variables: Variables, weight: string, gradient: Tensor, l2: number): Tensor {
  const [node, kind] = splitName(weight);
  if (l2 === 0 || kind !== 'kernel' || !isHeadNode(node)) return gradient;
  const { tf } = native;
  const parameter = variables.read(weight);
  const sum = tf.tidy(() => tf.add(gradient, tf.mul(parameter, native.constant(2 * l2))));
  tf.dispose([gradient, parameter]);
  return sum;
}

function requireTrainable({ weights }: WeightedNetwork, trainable: ReadonlySet<string>): void {
  for (const name of trainable) {
    const isMoving = name.endsWith('/moving_mean') || name.endsWith('/moving_variance');
    if (isMoving || !weights.has(name)) throw new RangeError(`${name} cannot be trained`);
  }
}

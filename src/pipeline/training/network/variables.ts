import type { Tensor } from '@tensorflow/tfjs-node';
import type { WeightArray, Weights } from '../../domain/network.ts';
import type { NetworkState } from '../network-types.ts';
import type { Attribute, Native } from './native.ts';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-7;

/** Variables of different sessions must not share a name. */
let created = 0;

/** An array on the device that TensorFlow changes in place. */
interface Variable {
  readonly handle: Tensor;
  readonly shape: readonly number[];
}

interface Trained {
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
}

/** The numbers of a network on the device: trainable ones with Adam's running means, the rest as they are. */
export interface Variables {
  /** The weight as it is now; the caller disposes of it, and does so before `update`, or TensorFlow has to copy. */
  read(name: string): Tensor;
  /** Adam, in place. @param rate learning rate with bias correction */
  update(name: string, gradient: Tensor, rate: number): void;
  state(): NetworkState;
  dispose(): void;
}

/** @param trainable names of the weights that `update` may change */
export function openVariables(
  native: Native,
  weights: Weights,
  trainable: ReadonlySet<string>,
  start: NetworkState | undefined,
): Variables {
  const { tf } = native;
  const frozen = new Map<string, Tensor>();
  const trained = new Map<string, Trained>();
  for (const [name, weight] of weights) {
    if (trainable.has(name)) trained.set(name, openTrained(native, name, weight, start));
    else frozen.set(name, tf.tensor(Float32Array.from(weight.data), [...weight.shape]));
  }
  const trainedOf = (name: string): Trained => {
    const found = trained.get(name);
    if (found === undefined) throw new RangeError(`${name} is not trainable`);
    return found;
  };
  const adam = adamAttributes(native);
  const arrays = (pick: (each: Trained) => Variable): Map<string, WeightArray> =>
    new Map([...trained].map(([name, each]) => [name, arrayOf(native, pick(each))]));
  return {
    read: (name) => frozen.get(name)?.clone() ?? readVariable(native, trainedOf(name).parameter),
    update: (name, gradient, rate) => {
      const { parameter, firstMoment, secondMoment } = trainedOf(name);
      const scalar = tf.scalar(rate);
      // The powers stand for the bias correction, which the rate holds already: 0 makes the factor 1.
      const numbers = [native.constant(0), native.constant(0), scalar, ...[beta1, beta2, epsilon].map(native.constant)];
      const variables = [parameter.handle, firstMoment.handle, secondMoment.handle];
      native.runMany('ResourceApplyAdam', adam, [...variables, ...numbers, gradient], 0);
      scalar.dispose();
    },
    state: () => ({
      parameters: arrays((each) => each.parameter),
      firstMoments: arrays((each) => each.firstMoment),
      secondMoments: arrays((each) => each.secondMoment),
    }),
    dispose: () => {
      tf.dispose([...frozen.values()]);
      for (const { parameter, firstMoment, secondMoment } of trained.values()) {
        for (const variable of [parameter, firstMoment, secondMoment]) destroy(native, variable);
      }
    },
  };
}

function adamAttributes({ attributes }: Native): readonly Attribute[] {
  return [attributes.float('T'), attributes.flag('use_locking', false), attributes.flag('use_nesterov', false)];
}

function openTrained(native: Native, name: string, weight: WeightArray, start: NetworkState | undefined): Trained {
  const zeros = { shape: weight.shape, data: new Float32Array(weight.data.length) };
  return {
    parameter: openVariable(native, start?.parameters.get(name) ?? weight),
    firstMoment: openVariable(native, start?.firstMoments.get(name) ?? zeros),
    secondMoment: openVariable(native, start?.secondMoments.get(name) ?? zeros),
  };
}

/** Copies: the array stays the caller's. */
function openVariable({ tf, run, runMany, attributes }: Native, { shape, data }: WeightArray): Variable {
  created += 1;
  const handle = run(
    'VarHandleOp',
    [
      attributes.text('container', ''),
      attributes.text('shared_name', `hilum-${created}`),
      attributes.float('dtype'),
      attributes.shape('shape', shape),
    ],
    [],
  );
  const value = tf.tensor(Float32Array.from(data), [...shape]);
  runMany('AssignVariableOp', [attributes.float('dtype')], [handle, value], 0);
  value.dispose();
  return { handle, shape };
}

function readVariable({ run, attributes }: Native, { handle }: Variable): Tensor {
  return run('ReadVariableOp', [attributes.float('dtype')], [handle]);
}

function arrayOf(native: Native, variable: Variable): WeightArray {
  const tensor = readVariable(native, variable);
  const data = Float32Array.from(tensor.dataSync<'float32'>());
  tensor.dispose();
  return { shape: variable.shape, data };
}

function destroy({ runMany, attributes }: Native, { handle }: Variable): void {
  runMany('DestroyResourceOp', [attributes.flag('ignore_lookup_error', true)], [handle], 0);
  handle.dispose();
}

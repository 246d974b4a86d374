import type { Tensor } from '@tensorflow/tfjs-node';
import type { TensorFlow } from '../tensorflow.ts';
import { type OneDnn, probeOneDnn } from './one-dnn.ts';

/** An attribute of a native operation, made by `attributes` of this module. */
export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number | string | number[] | string[];
}

/** What is called of tfjs-node's NodeJSKernelBackend, which the package does not export. */
interface NativeBackend {
  readonly binding: Readonly<
    Record<'TF_FLOAT' | 'TF_INT32' | `TF_ATTR_${'TYPE' | 'INT' | 'FLOAT' | 'BOOL' | 'STRING' | 'SHAPE'}`, number>
  >;
  executeSingleOutput(operation: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(operation: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

/**
 * TensorFlow's own operations, called by name: tfjs offers no gradient of relu6, relu and bias, and composes them of several
 * passes over memory. Every tensor that a call returns is the caller's to dispose of.
 */
export interface Native {
  readonly tf: TensorFlow;
  /** An operation with one output. */
  run(operation: string, attributes: readonly Attribute[], inputs: readonly Tensor[]): Tensor;
  runMany(operation: string, attributes: readonly Attribute[], inputs: readonly Tensor[], outputs: number): Tensor[];
  /** The same, and the first input is gone afterwards: of a chain, never more than two tensors exist at once. */
  through(operation: string, attributes: readonly Attribute[], value: Tensor, ...others: readonly Tensor[]): Tensor;
  /** A vector of integers (a shape, axes, paddings), kept until `dispose`; not the caller's. */
  integers(values: readonly number[], shape?: readonly number[]): Tensor;
  /** A scalar, kept until `dispose`; not the caller's. */
  constant(value: number): Tensor;
  readonly attributes: AttributeMakers;
  readonly oneDnn: OneDnn;
  dispose(): void;
}

/** @throws TypeError when tfjs runs on another backend than the native one */
export function openNative(tf: TensorFlow): Native {
  const backend: unknown = tf.backend();
  if (!isNative(backend)) throw new TypeError('fine-tuning needs the native backend of tfjs-node');
  const kept = new Map<string, Tensor>();
  const keep = (key: string, make: () => Tensor): Tensor => {
    const found = kept.get(key);
    if (found !== undefined) return found;
    // A caller may stand in a tidy, which would dispose of it.
    const made = tf.keep(make());
    kept.set(key, made);
    return made;
  };
  const run: Native['run'] = (name, attributes, inputs) =>
    backend.executeSingleOutput(name, [...attributes], [...inputs]);
  const attributes = attributeMakers(backend.binding);
  return {
    tf,
    run,
    runMany: (name, attributes, inputs, outputs) =>
      backend.executeMultipleOutputs(name, [...attributes], [...inputs], outputs),
    through: (name, attributes, value, ...others) => {
      const result = run(name, attributes, [value, ...others]);
      value.dispose();
      return result;
    },
    integers: (values, shape = [values.length]) =>
      keep(`${values.join()}:${shape.join()}`, () => tf.tensor([...values], [...shape], 'int32')),
    constant: (value) => keep(`scalar ${value}`, () => tf.scalar(value)),
    attributes,
    oneDnn: probeOneDnn({ tf, run, attributes }),
    dispose: () => tf.dispose([...kept.values()]),
  };
}

function attributeMakers(binding: NativeBackend['binding']) {
  return {
    float: (name: string): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }),
    int32: (name: string): Attribute => ({ name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }),
    integer: (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_INT, value }),
    integers: (name: string, value: readonly number[]): Attribute => ({
      name,
      type: binding.TF_ATTR_INT,
      value: [...value],
    }),
    real: (name: string, value: number): Attribute => ({ name, type: binding.TF_ATTR_FLOAT, value }),
    flag: (name: string, value: boolean): Attribute => ({ name, type: binding.TF_ATTR_BOOL, value }),
    text: (name: string, value: string): Attribute => ({ name, type: binding.TF_ATTR_STRING, value }),
    texts: (name: string, value: readonly string[]): Attribute => ({
      name,
      type: binding.TF_ATTR_STRING,
      value: [...value],
    }),
    shape: (name: string, value: readonly number[]): Attribute => ({
      name,
      type: binding.TF_ATTR_SHAPE,
      value: [...value],
    }),
  };
}
type AttributeMakers = ReturnType<typeof attributeMakers>;

function isNative(backend: unknown): backend is NativeBackend {
  return typeof backend === 'object' && backend !== null && 'executeSingleOutput' in backend && 'binding' in backend;
}

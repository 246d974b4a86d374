import type { Activation, Padding } from '../../domain/network.ts';
import { integer, integers, type OnnxAttribute, type OnnxNode, type OnnxTensor } from './schema.ts';

/** An ONNX graph under construction. */
export function graphBuilder() {
  const nodes: OnnxNode[] = [];
  const tensors = new Map<string, OnnxTensor>();
  const node = (opType: string, input: readonly string[], output: string, attribute: readonly OnnxAttribute[] = []) => {
    nodes.push({ opType, name: output, input, output: [output], attribute });
    return output;
  };
  const tensor = (name: string, dims: readonly number[], data: OnnxTensor['data']): string => {
    if (!tensors.has(name)) tensors.set(name, { name, dims, data });
    return name;
  };
  const scalar = (value: number): string => tensor(`constant_${value}`, [], Float32Array.of(value));
  return {
    nodes,
    initializers: () => [...tensors.values()],
    node,
    tensor,
    /** Adds the activation after a value; the result is named `output`. Softmax runs over the last of `rank` axes. */
    activation(kind: Activation, input: string, output: string): string {
      switch (kind) {
        case 'linear':
          return input === output ? output : node('Identity', [input], output);
        case 'relu':
          return node('Relu', [input], output);
        // ONNX Runtime fuses Clip into the convolution only when both bounds are constants.
        case 'relu6':
          return node('Clip', [input, scalar(0), scalar(6)], output);
        case 'sigmoid':
          return node('Sigmoid', [input], output);
        case 'tanh':
          return node('Tanh', [input], output);
        case 'softmax':
          return node('Softmax', [input], output, [integer('axis', 1)]);
      }
    },
  };
}
export type GraphBuilder = ReturnType<typeof graphBuilder>;

interface Window {
  readonly kernelSize: number;
  readonly stride: number;
  readonly pads: Padding;
}

/** Attributes of Conv and MaxPool. ONNX orders pads [top, left, bottom, right]. */
export function windowAttributes({ kernelSize, stride, pads: [top, bottom, left, right] }: Window): OnnxAttribute[] {
  return [
    integers('kernel_shape', [kernelSize, kernelSize]),
    integers('strides', [stride, stride]),
    integers('pads', [top, left, bottom, right]),
  ];
}

/** Kernel [h,w,in,out] as ONNX' [out,in,h,w]. */
export function transposeKernel(shape: readonly number[], data: Float32Array): Float32Array {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  const area = height * width;
  const result = new Float32Array(data.length);
  for (let position = 0; position < area; position++) {
    for (let input = 0; input < inputs; input++) {
      const from = (position * inputs + input) * outputs;
      for (let output = 0; output < outputs; output++) {
        result[(output * inputs + input) * area + position] = data[from + output] ?? 0;
      }
    }
  }
  return result;
}

/** Depthwise kernel [h,w,channels,1] as ONNX' [channels,1,h,w]. */
export function transposeDepthwise(shape: readonly number[], data: Float32Array): Float32Array {
  const [height = 0, width = 0, channels = 0] = shape;
  return transposeKernel([height, width, 1, channels], data);
}

/** Kernel [h,w,in,out] for one input channel, when all `in` channels carry the same value: [h,w,1,out]. */
export function sumOverInputs(shape: readonly number[], data: Float32Array): Float32Array {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape;
  const result = new Float32Array(height * width * outputs);
  for (let index = 0; index < result.length; index++) {
    const position = Math.floor(index / outputs);
    let sum = 0;
    for (let input = 0; input < inputs; input++) {
      sum += data[(position * inputs + input) * outputs + (index % outputs)] ?? 0;
    }
    result[index] = sum;
  }
  return result;
}

import type { NetworkNode } from '../../domain/network.ts';

interface ConvOptions {
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride?: number;
}

/** Nodes written one after the other; each method returns the name of its last node. */
export function nodeList() {
  const nodes: NetworkNode[] = [];
  return {
    nodes,
    /** Convolution without bias, `same` padding. */
    conv(name: string, input: string, { filters, kernelSize, stride = 1 }: ConvOptions): string {
      nodes.push({
        op: 'conv',
        name,
        input,
        filters,
        kernelSize,
        stride,
        padding: 'same',
        bias: false,
        activation: 'linear',
      });
      return name;
    },
    /** Depthwise convolution without bias, `same` padding. */
    depthwise(name: string, input: string, kernelSize: number, stride: number): string {
      nodes.push({
        op: 'depthwise',
        name,
        input,
        kernelSize,
        stride,
        padding: 'same',
        bias: false,
        activation: 'linear',
      });
      return name;
    },
    batchNorm(name: string, input: string, epsilon: number): string {
      nodes.push({ op: 'batchNorm', name, input, epsilon });
      return name;
    },
    relu6(name: string, input: string): string {
      nodes.push({ op: 'activation', name, input, activation: 'relu6' });
      return name;
    },
    add(name: string, a: string, b: string): string {
      nodes.push({ op: 'add', name, inputs: [a, b] });
      return name;
    },
    push(node: NetworkNode): string {
      nodes.push(node);
      return node.name;
    },
  };
}

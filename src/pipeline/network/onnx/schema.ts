import protobuf from 'protobufjs';

/**
 * The part of onnx.proto (ONNX IR version 8) that the writer uses; field numbers as in onnx/onnx.proto.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        ints: { rule: 'repeated', type: 'int64', id: 8 },
        type: { type: 'int32', id: 20 },
      },
    },
    Node: {
      fields: {
        input: { rule: 'repeated', type: 'string', id: 1 },
        output: { rule: 'repeated', type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: 'repeated', type: 'Attribute', id: 5 },
      },
    },
    Tensor: {
      fields: {
        dims: { rule: 'repeated', type: 'int64', id: 1 },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    Dimension: { fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } } },
    TensorShape: { fields: { dim: { rule: 'repeated', type: 'Dimension', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'TensorShape', id: 2 } } },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    ValueInfo: { fields: { name: { type: 'string', id: 1 }, type: { type: 'Type', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: 'repeated', type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: 'repeated', type: 'Tensor', id: 5 },
        input: { rule: 'repeated', type: 'ValueInfo', id: 11 },
        output: { rule: 'repeated', type: 'ValueInfo', id: 12 },
      },
    },
    Property: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: 'repeated', type: 'OperatorSet', id: 8 },
        metadataProps: { rule: 'repeated', type: 'Property', id: 14 },
      },
    },
  },
});

const modelType = root.lookupType('Model');
const irVersion = 8;
const opsetVersion = 17;
const float32 = 1;
const int64 = 7;

export type OnnxAttribute = { readonly name: string } & (
  | { readonly f: number; readonly type: 1 }
  | { readonly i: number; readonly type: 2 }
  | { readonly ints: readonly number[]; readonly type: 7 }
);

export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly OnnxAttribute[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** A tensor with the batch as its free first dimension. */
export interface OnnxValue {
  readonly name: string;
  /** Dimensions after the batch. */
  readonly dims: readonly number[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly outputs: readonly OnnxValue[];
  /** What the file says of itself, by key. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export const real = (name: string, f: number): OnnxAttribute => ({ name, f, type: 1 });
export const integer = (name: string, i: number): OnnxAttribute => ({ name, i, type: 2 });
export const integers = (name: string, ints: readonly number[]): OnnxAttribute => ({ name, ints, type: 7 });

/** The graph as the bytes of an ONNX file; the same graph gives the same bytes. */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const message = modelType.fromObject({
    irVersion,
    producerName: 'hilum',
    opsetImport: [{ domain: '', version: opsetVersion }],
    graph: {
      name: 'network',
      node: graph.nodes,
      initializer: graph.initializers.map(({ name, dims, data }) => ({
        name,
        dims,
        dataType: data instanceof BigInt64Array ? int64 : float32,
        rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      })),
      input: [valueInfo(graph.input)],
      output: graph.outputs.map(valueInfo),
    },
    metadataProps: Object.entries(graph.metadata ?? {}).map(([key, value]) => ({ key, value })),
  });
  return modelType.encode(message).finish();
}

function valueInfo({ name, dims }: OnnxValue): object {
  const dim = [{ dimParam: 'N' }, ...dims.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: float32, shape: { dim } } } };
}

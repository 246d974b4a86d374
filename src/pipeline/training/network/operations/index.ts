import { HilumError } from '../../../domain/errors.ts';
import type { NetworkNode } from '../../../domain/network.ts';
import type { Native } from '../native.ts';
import type { Operation, OperationOf } from '../operation.ts';
import { activation } from './activation.ts';
import { batchNorm } from './batch-norm.ts';
import { conv, depthwise } from './convolution.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { globalAveragePool } from './global-average-pool.ts';
import { add, concat } from './join.ts';
import { maxPool } from './max-pool.ts';
import { pad } from './pad.ts';

type Table = { readonly [Op in NetworkNode['op']]: OperationOf<Op> };

/** Layers of imported networks that are computed but never trained through. */
const refuse = (_native: Native, node: NetworkNode): never => {
  throw new HilumError('network/not-trainable', { node: node.name, layer: node.op });
};

const operations: Table = {
  conv,
  depthwise,
  batchNorm,
  activation,
  pad,
  maxPool,
  add,
  globalAveragePool,
  concat,
  dropout,
  dense,
  averagePool: refuse,
  globalMaxPool: refuse,
  flatten: refuse,
  leakyRelu: refuse,
};

/** The operation of a node. @throws HilumError `network/not-trainable` */
export function operationOf<Op extends NetworkNode['op']>(
  native: Native,
  node: Extract<NetworkNode, { op: Op }>,
): Operation {
  const activation = 'activation' in node ? node.activation : 'linear';
  if (activation === 'sigmoid' || activation === 'tanh') {
    throw new HilumError('network/not-trainable', { node: node.name, layer: activation });
  }
  const make: OperationOf<Op> = operations[node.op];
  return make(native, node);
}

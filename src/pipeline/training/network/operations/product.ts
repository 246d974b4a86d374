import type { Tensor } from '@tensorflow/tfjs-node';
import type { Native } from '../native.ts';

/**
 * Multiplications from which on MatMul is called. Below, its code of oneDNN corrupts the heap when a signal arrives in its midst
 * (libtensorflow 2.21; seen up to 2 ** 23, with a signal handler every 50 us); BatchMatMulV2 has another way there, and is as fast.
 */
const largeProduct = 2 ** 25;

/** a × b of two matrices. @param transposed which of them is transposed first */
export function product({ run, attributes }: Native, a: Tensor, b: Tensor, transposed?: 'first' | 'second'): Tensor {
  const [columns = 0] = transposed === 'second' ? b.shape : b.shape.toReversed();
  const isLarge = a.size * columns >= largeProduct;
  const [operation, first, second] = isLarge
    ? (['MatMul', 'transpose_a', 'transpose_b'] as const)
    : (['BatchMatMulV2', 'adj_x', 'adj_y'] as const);
  const flags = [attributes.flag(first, transposed === 'first'), attributes.flag(second, transposed === 'second')];
  return run(operation, [attributes.float('T'), ...flags], [a, b]);
}

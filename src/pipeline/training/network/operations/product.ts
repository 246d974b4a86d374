import type { Tensor } from '@tensorflow/tfjs-node';
import type { Native } from '../native.ts';

/**
 * Whether MatMul and its fused form may be called. Below, their code of oneDNN corrupts the heap when a signal arrives in its
 * midst (libtensorflow 2.21; seen up to 2 ** 23 multiplications, with a signal every 50 us).
 */
export function isLargeProduct(multiplications: number): boolean {
  return multiplications >= 2 ** 25;
}

/** a × b of two matrices. @param transposed which of them is transposed first */
export function product({ run, attributes }: Native, a: Tensor, b: Tensor, transposed?: 'first' | 'second'): Tensor {
  const [columns = 0] = transposed === 'second' ? b.shape : b.shape.toReversed();
  // BatchMatMulV2 goes another way and is as fast for small ones.
  const [operation, first, second] = isLargeProduct(a.size * columns)
    ? (['MatMul', 'transpose_a', 'transpose_b'] as const)
    : (['BatchMatMulV2', 'adj_x', 'adj_y'] as const);
  const flags = [attributes.flag(first, transposed === 'first'), attributes.flag(second, transposed === 'second')];
  return run(operation, [attributes.float('T'), ...flags], [a, b]);
}

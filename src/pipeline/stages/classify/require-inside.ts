import type { Contract } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import { looksOf, type OpenGate } from '../../predictions/index.ts';

/** An image as it went into the network, and what came out beside the answer. */
interface Looked {
  readonly values: Float32Array;
  readonly planes: 1 | 3;
  /** Averaged maps of the gate's nodes. */
  readonly pooled: Float32Array;
}

/** @throws HilumError `image/out-of-distribution` when the picture is not like those of the study; nothing without a gate */
export function requireInside(
  gate: OpenGate | undefined,
  { pooled, values, planes }: Looked,
  contract: Contract,
): void {
  if (gate === undefined) return;
  const distance = gate.distance(looksOf(pooled, { values, planes, ...contract }));
  if (distance <= gate.limit) return;
  const shown = (value: number): number => Number(value.toPrecision(3));
  throw new HilumError('image/out-of-distribution', { distance: shown(distance), limit: shown(gate.limit) });
}

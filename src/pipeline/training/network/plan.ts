import type { Network, NetworkNode } from '../../domain/network.ts';
import type { Kept, Operation, Wanted } from './operation.ts';

/** A node with its operation. */
export interface Step {
  readonly node: NetworkNode;
  readonly inputs: readonly string[];
  readonly operation: Operation;
  /** Kinds of its weights. */
  readonly weightKinds: readonly string[];
}

/** What one step does with one node. */
export interface PlannedStep extends Step {
  /** Undefined where nothing below and nothing of its own is trained. */
  readonly wanted: Wanted | undefined;
  readonly kept: Kept;
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** How often each value is read in both directions, by name; it is freed after the last time. */
  readonly readings: ReadonlyMap<string, number>;
}

const nothing: Kept = { inputs: false, output: false };

/** @param isTrained by weight name; without any, a plan for prediction */
export function planOf(network: Network, steps: readonly Step[], isTrained: (weight: string) => boolean): Plan {
  const differentiated = new Set<string>();
  const readings = new Map<string, number>([[network.output, 1]]);
  const read = (name: string): void => void readings.set(name, (readings.get(name) ?? 0) + 1);
  const planned = steps.map((step) => {
    const { name } = step.node;
    const own = step.weightKinds.filter((kind) => isTrained(`${name}/${kind}`));
    const inputs = step.inputs.map((input) => differentiated.has(input));
    const isWanted = own.length > 0 || inputs.includes(true);
    if (isWanted) differentiated.add(name);
    const wanted = isWanted ? { inputs, weights: new Set(own) } : undefined;
    const kept = wanted === undefined ? nothing : step.operation.keeps(wanted);
    for (const input of step.inputs) {
      read(input);
      if (kept.inputs) read(input);
    }
    if (kept.output) read(name);
    return { ...step, wanted, kept };
  });
  return { steps: planned, readings };
}

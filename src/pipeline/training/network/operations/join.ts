import { type OperationOf, single } from '../operation.ts';

/** The sum of two maps. */
export const add: OperationOf<'add'> = (native) => ({
  forward: (inputs) => native.run('AddV2', [native.attributes.float('T')], inputs),
  keeps: () => ({ inputs: false, output: false }),
  backward: (gradient, _passed, wanted) => ({
    inputs: wanted.inputs.map((isWanted) => (isWanted ? gradient.clone() : undefined)),
    weights: {},
  }),
});

/** Vectors, or the channels of maps, side by side: the last axis. */
export const concat: OperationOf<'concat'> = (native) => ({
  forward: (inputs) =>
    inputs.length === 1 ? single(inputs).clone() : native.tf.concat([...inputs], (inputs[0]?.rank ?? 2) - 1),
  keeps: () => ({ inputs: false, output: false }),
  backward: (gradient, passed, wanted) => {
    let start = 0;
    const inputs = passed.inputs.map(({ shape }, i) => {
      const from = start;
      start += shape.at(-1) ?? 0;
      const begin = [...shape.slice(1).fill(0), from];
      return wanted.inputs[i] ? native.tf.slice(gradient, begin, shape) : undefined;
    });
    return { inputs, weights: {} };
  },
});

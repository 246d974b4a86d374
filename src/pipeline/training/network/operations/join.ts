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

/** Vectors side by side. */
export const concat: OperationOf<'concat'> = (native) => ({
  forward: (inputs) => (inputs.length === 1 ? single(inputs).clone() : native.tf.concat([...inputs], 1)),
  keeps: () => ({ inputs: false, output: false }),
  backward: (gradient, passed, wanted) => {
    let start = 0;
    const inputs = passed.inputs.map(({ shape }, i) => {
      const from = start;
      start += shape[1] ?? 0;
      return wanted.inputs[i] ? native.tf.slice(gradient, [0, from], shape) : undefined;
    });
    return { inputs, weights: {} };
  },
});

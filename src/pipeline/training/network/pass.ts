import type { Tensor } from '@tensorflow/tfjs-node';
import { inputName } from '../../domain/node-names.ts';
import type { Native } from './native.ts';
import type { Pass, WeightTensors } from './operation.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { Values } from './values.ts';

/** Reads a node's weights; the caller disposes of the answer. */
export type ReadWeights = (step: PlannedStep) => WeightTensors;

/** Runs every node once. @param input freed when the last node has read it */
export function runForward(
  { tf }: Native,
  plan: Plan,
  values: Values,
  input: Tensor,
  weightsOf: ReadWeights,
  pass: Pass,
): void {
  values.add(inputName, input);
  for (const step of plan.steps) {
    const weights = weightsOf(step);
    values.add(step.node.name, step.operation.forward(step.inputs.map(values.get), weights, pass));
    tf.dispose(weights);
    for (const name of step.inputs) values.release(name);
  }
}

/**
 * Goes back from the output to the lowest node that is trained.
 * @param from gradient of the loss with respect to the output's value; disposed of
 * @param take called with each weight's gradient, which it disposes of, once nothing reads the weight any more
 */
export function runBackward(
  { tf, run, attributes }: Native,
  plan: Plan,
  values: Values,
  from: { readonly gradient: Tensor; readonly output: string },
  weightsOf: ReadWeights,
  pass: Pass,
  take: (weight: string, gradient: Tensor) => void,
): void {
  const gradients = new Map<string, Tensor>([[from.output, from.gradient]]);
  const join = (name: string, more: Tensor): void => {
    const before = gradients.get(name);
    gradients.set(name, before === undefined ? more : run('AddV2', [attributes.float('T')], [before, more]));
    if (before !== undefined) tf.dispose([before, more]);
  };
  for (const step of plan.steps.toReversed()) {
    const { name } = step.node;
    const outer = gradients.get(name);
    if (step.wanted === undefined || outer === undefined) continue;
    gradients.delete(name);
    const weights = weightsOf(step);
    const passed = { inputs: step.inputs.map(values.get), output: values.get(name), weights };
    const found = step.operation.backward(outer, passed, step.wanted, pass);
    tf.dispose([outer, weights]);
    if (step.kept.output) values.release(name);
    if (step.kept.inputs) for (const input of step.inputs) values.release(input);
    step.inputs.forEach((input, i) => {
      const toInput = found.inputs[i];
      if (toInput !== undefined) join(input, toInput);
    });
    for (const [kind, weightGradient] of Object.entries(found.weights)) take(`${name}/${kind}`, weightGradient);
  }
}

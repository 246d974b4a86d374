import { factsOfInput, type InputPlane } from './picture-facts.ts';

/**
 * What a picture looks like to the gate: averaged maps of the network, then the facts of the picture. The square root
 * (its sign kept) tames the few huge activations: on CT it doubles the gap between pictures of the study and others.
 * @param pooled second output of a network written with `pooled`
 */
export function looksOf(pooled: Float32Array, input: InputPlane): Float64Array {
  const facts = factsOfInput(input);
  const looks = new Float64Array(pooled.length + facts.length);
  for (let i = 0; i < pooled.length; i++) {
    const value = pooled[i] ?? 0;
    looks[i] = Math.sign(value) * Math.sqrt(Math.abs(value));
  }
  looks.set(facts, pooled.length);
  return looks;
}

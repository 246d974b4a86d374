import { HilumError } from '../../domain/errors.ts';

const deepest = 6;
const mostInputs = 1000;

/**
 * Names of the layers that a layer reads, in order. Keras 2 and tfjs: `[[["conv", 0, 0, {}], …]]`; Keras 3:
 * `[{args: [{class_name: "__keras_tensor__", config: {keras_history: ["conv", 0, 0]}}], kwargs}]`.
 * @throws HilumError `network/shared-layer`, `network/bad-graph`
 */
export function inboundOf(layer: string, nodes: readonly unknown[] | undefined): readonly string[] {
  if (nodes === undefined || nodes.length === 0) return [];
  if (nodes.length > 1) throw new HilumError('network/shared-layer', { layer, times: nodes.length });
  const found: string[] = [];
  const [call] = nodes;
  if (isObject(call) && 'args' in call) collect(call.args, found, 0);
  else if (Array.isArray(call)) for (const each of isReference(call) ? [call] : call) found.push(referenceOf(each));
  else throw bad(`layer "${layer}" does not say what it reads`);
  if (isObject(call)) requireNoTensors(layer, call.kwargs, 0);
  if (found.length === 0 || found.length > mostInputs) throw bad(`layer "${layer}" reads ${found.length} values`);
  return found;
}

/** Names of `input_layers` or `output_layers`: `[["a", 0, 0], …]`, or `["a", 0, 0]` where there is one. */
export function outputsOf(written: unknown): readonly string[] {
  if (isReference(written)) return [referenceOf(written)];
  if (!Array.isArray(written)) throw bad('inputs or outputs are not a list');
  return written.map(referenceOf);
}

/** Tensors inside the arguments of a call, first to last. */
function collect(value: unknown, found: string[], depth: number): void {
  if (depth > deepest) throw bad('arguments of a layer are nested too deep');
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found, depth + 1);
    return;
  }
  const history = historyOf(value);
  if (history === undefined) throw bad('a layer is called with something that is no value of another layer');
  found.push(referenceOf(history));
}

function requireNoTensors(layer: string, value: unknown, depth: number): void {
  if (depth > deepest) throw bad('arguments of a layer are nested too deep');
  if (historyOf(value) !== undefined)
    throw bad(`layer "${layer}" reads a value by name, which no layer known here does`);
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) requireNoTensors(layer, each, depth + 1);
}

function historyOf(value: unknown): unknown {
  if (!isObject(value) || value.class_name !== '__keras_tensor__') return undefined;
  return isObject(value.config) ? value.config.keras_history : undefined;
}

function isReference(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && typeof value[0] === 'string';
}

/** A layer that was called in another model before has another node number there; only its first value can be meant. */
function referenceOf(value: unknown): string {
  if (!isReference(value)) throw bad('a layer does not say what it reads');
  const [name, , tensor = 0] = value;
  if (typeof name !== 'string' || name.length > 200) throw bad('a layer does not say what it reads');
  if (tensor !== 0) throw bad(`a second value of layer "${name}" is read`);
  return name;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(what: string): HilumError {
  return new HilumError('network/bad-graph', { what });
}

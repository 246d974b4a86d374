import { HilumError } from '../../pipeline/domain/errors.ts';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const deepest = 32;

/**
 * Accepts only what JSON can carry, within a size: plain objects and arrays, no cycle, no getter, no key that could reach a
 * prototype (FAULTS A2). Walks without recursion past the depth limit and without building the text.
 * @throws HilumError `call/too-large`, `call/bad-input`
 */
export function requirePlain(value: unknown, maxBytes: number): void {
  let bytes = 0;
  const spend = (count: number): void => {
    bytes += count;
    if (bytes > maxBytes) throw new HilumError('call/too-large', { limit: maxBytes });
  };
  const walk = (each: unknown, depth: number): void => {
    if (depth > deepest) throw bad('nested too deep');
    switch (typeof each) {
      case 'string':
        spend(each.length + 2);
        return;
      case 'number':
        if (!Number.isFinite(each)) throw bad('a number that is not finite');
        spend(8);
        return;
      case 'boolean':
      case 'undefined':
        spend(4);
        return;
      case 'object':
        spend(2);
        if (each === null) return;
        if (Array.isArray(each)) {
          spend(each.length);
          for (let index = 0; index < each.length; index++) walk(dataOf(each, String(index)), depth + 1);
          return;
        }
        requireOrdinary(each);
        for (const key of Object.keys(each)) {
          if (forbiddenKeys.has(key)) throw bad('a forbidden key');
          spend(key.length + 3);
          walk(dataOf(each, key), depth + 1);
        }
        return;
      default:
        throw bad(`a ${typeof each}`);
    }
  };
  walk(value, 0);
}

function requireOrdinary(value: object): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw bad('an object with a class');
}

/** Reads a property without running a getter. */
function dataOf(holder: object, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(holder, key);
  if (property === undefined) return undefined;
  if (!('value' in property)) throw bad('a computed property');
  return property.value;
}

function bad(what: string): HilumError {
  return new HilumError('call/bad-input', { what });
}

import type { Tensor } from '@tensorflow/tfjs-node';

/** Values of one pass by node name; each is freed as soon as nothing will read it any more. */
export interface Values {
  /** A value that nothing will read is freed at once. */
  add(name: string, value: Tensor): void;
  /** The value, or what is left of it: a freed tensor still tells its shape. */
  get(name: string): Tensor;
  /** One reading less to come. */
  release(name: string): void;
  /** Frees what is left after a fault. */
  dispose(): void;
}

/** @param readings how often each value will be released, by name */
export function openValues(readings: ReadonlyMap<string, number>): Values {
  const left = new Map(readings);
  const values = new Map<string, Tensor>();
  const get = (name: string): Tensor => {
    const value = values.get(name);
    if (value === undefined) throw new RangeError(`no value of ${name}`);
    return value;
  };
  return {
    get,
    add: (name, value) => {
      values.set(name, value);
      if ((left.get(name) ?? 0) === 0) value.dispose();
    },
    release: (name) => {
      const count = (left.get(name) ?? 0) - 1;
      left.set(name, count);
      if (count === 0) get(name).dispose();
    },
    dispose: () => {
      for (const value of values.values()) value.dispose();
    },
  };
}

/**
 * libvips keeps one error text for all of its threads: of pictures that are decoded side by side, a broken one may be
 * given what was said of another, or nothing. A call that fails is therefore made once more while no other one runs, and
 * the error of that one counts: it depends on the file alone.
 */
export async function vips<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await beside(call);
  } catch {
    return await alone(call);
  }
}

/** Resolved while nobody is alone. */
let gate: Promise<void> = Promise.resolve();
const running = new Set<Promise<unknown>>();

async function beside<T>(call: () => Promise<T>): Promise<T> {
  for (let seen: Promise<void> | undefined; seen !== gate; ) {
    seen = gate;
    await seen;
  }
  const work = call();
  running.add(work);
  try {
    return await work;
  } finally {
    running.delete(work);
  }
}

async function alone<T>(call: () => Promise<T>): Promise<T> {
  const before = gate;
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  await before;
  await Promise.allSettled(running);
  try {
    return await call();
  } finally {
    resolve();
  }
}

import type { LoadedView } from './pixels.ts';

const defaultMostBytes = 192 * 1024 * 1024;

/** Views seen lately, up to an amount of memory; the ones used longest ago are let go. */
export class ViewCache {
  readonly #mostBytes: number;
  /** In the order of their last use. */
  readonly #views = new Map<string, LoadedView>();
  #bytes = 0;

  constructor(mostBytes = defaultMostBytes) {
    this.#mostBytes = mostBytes;
  }

  get(key: string): LoadedView | undefined {
    const view = this.#views.get(key);
    if (view === undefined) return undefined;
    this.#views.delete(key);
    this.#views.set(key, view);
    return view;
  }

  has(key: string): boolean {
    return this.#views.has(key);
  }

  put(key: string, view: LoadedView): void {
    this.#drop(key);
    this.#views.set(key, view);
    this.#bytes += view.bytes;
    for (const oldest of this.#views.keys()) {
      if (this.#bytes <= this.#mostBytes || oldest === key) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#views.clear();
    this.#bytes = 0;
  }

  #drop(key: string): void {
    this.#bytes -= this.#views.get(key)?.bytes ?? 0;
    this.#views.delete(key);
  }
}

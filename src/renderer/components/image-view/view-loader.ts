import type { ImageRef, View } from '../../../main/ipc/contract.ts';
import { type ApiError, toApiError } from '../../transport/api-error.ts';
import { imageKey } from './image-key.ts';
import { type LoadedView, loadedView } from './pixels.ts';
import type { ViewCache } from './view-cache.ts';

export type ViewState =
  | { readonly is: 'loading' }
  | { readonly is: 'there'; readonly view: LoadedView }
  | { readonly is: 'failed'; readonly error: ApiError };

const loading: ViewState = { is: 'loading' };
/** While one answer is decoded the core reads the next. */
const atOnce = 2;

/**
 * Brings the views that one image pane wants now, first ones first. What it stopped wanting is never asked for, and an answer
 * that comes late goes into the cache and nowhere else: fast scrolling through a scan shows no picture in another's place.
 */
export class ViewLoader {
  readonly #fetchView: (image: ImageRef) => Promise<View>;
  readonly #cache: ViewCache;
  readonly #states = new Map<string, ViewState>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly ImageRef[] = [];
  readonly #underWay = new Set<string>();

  constructor(fetchView: (image: ImageRef) => Promise<View>, cache: ViewCache) {
    this.#fetchView = fetchView;
    this.#cache = cache;
  }

  /** The image in sight first, then the ones that may follow. */
  want(images: readonly ImageRef[]): void {
    this.#wanted = images;
    const kept = new Set(images.map(imageKey));
    for (const key of this.#states.keys()) if (!kept.has(key)) this.#states.delete(key);
    this.#next();
  }

  /** The same object as long as nothing changed. */
  state(image: ImageRef): ViewState {
    const key = imageKey(image);
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const view = this.#cache.get(key);
    if (view === undefined) return loading;
    const there: ViewState = { is: 'there', view };
    this.#states.set(key, there);
    return there;
  }

  /** Asks again for an image that failed. */
  retry(image: ImageRef): void {
    this.#states.delete(imageKey(image));
    this.#tell();
    this.#next();
  }

  /** Other images may stand behind the same references now. */
  forget(): void {
    this.#cache.clear();
    this.#states.clear();
    this.#tell();
    this.#next();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #next(): void {
    for (const image of this.#wanted) {
      if (this.#underWay.size >= atOnce) return;
      const key = imageKey(image);
      const isKnown = this.#cache.has(key) || this.#states.get(key)?.is === 'failed' || this.#underWay.has(key);
      if (!isKnown) void this.#load(image, key);
    }
  }

  async #load(image: ImageRef, key: string): Promise<void> {
    this.#underWay.add(key);
    try {
      this.#cache.put(key, loadedView(await this.#fetchView(image)));
    } catch (error) {
      if (this.#wanted.some((each) => imageKey(each) === key)) {
        this.#states.set(key, { is: 'failed', error: toApiError(error) });
      }
    }
    this.#underWay.delete(key);
    this.#tell();
    this.#next();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

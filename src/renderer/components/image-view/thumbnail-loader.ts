import type { ImageRef, Output } from '../../../main/ipc/contract.ts';
import { imageKey } from './image-key.ts';
import { fromBase64 } from './pixels.ts';

export interface Thumbnail {
  readonly side: number;
  readonly greys: Uint8Array;
}

/** As many as one question may hold. */
const atOnce = 60;
const mostKept = 4000;

/** Brings the small pictures in sight, sixty a question; what was scrolled past meanwhile is not asked for. */
export class ThumbnailLoader {
  readonly #fetchThumbnails: (images: ImageRef[]) => Promise<Output<'images/thumbnails'>>;
  /** null: there is none to be had. */
  readonly #known = new Map<string, Thumbnail | null>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly ImageRef[] = [];
  #busy = false;
  #changes = 0;

  constructor(fetchThumbnails: (images: ImageRef[]) => Promise<Output<'images/thumbnails'>>) {
    this.#fetchThumbnails = fetchThumbnails;
  }

  /** undefined: not there yet. null: cannot be had. */
  get(image: ImageRef): Thumbnail | null | undefined {
    return this.#known.get(imageKey(image));
  }

  want(images: readonly ImageRef[]): void {
    this.#wanted = images;
    void this.#fill();
  }

  forget(): void {
    this.#known.clear();
    this.#tell();
    void this.#fill();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number after each change. */
  readonly changes = (): number => this.#changes;

  async #fill(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let asked = this.#missing(); asked.length > 0; asked = this.#missing()) await this.#fetch(asked);
    this.#busy = false;
  }

  async #fetch(asked: ImageRef[]): Promise<void> {
    const answer = await this.#fetchThumbnails(asked).catch(() => undefined);
    for (const [at, image] of asked.entries()) {
      const picture = answer?.pictures[at];
      const key = imageKey(image);
      if (answer === undefined || picture === undefined || picture === null) this.#known.set(key, null);
      else this.#known.set(key, { side: answer.side, greys: fromBase64(picture) });
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostKept) break;
      this.#known.delete(oldest);
    }
    this.#tell();
  }

  #missing(): ImageRef[] {
    return this.#wanted.filter((image) => !this.#known.has(imageKey(image))).slice(0, atOnce);
  }

  #tell(): void {
    this.#changes++;
    for (const listener of this.#listeners) listener();
  }
}

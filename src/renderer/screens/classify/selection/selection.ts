import { createStore } from 'zustand/vanilla';
import type { Review, Row } from '../../../../main/ipc/contract.ts';
import type { Listing } from '../filter/listing.ts';
import type { Ask } from './ask.ts';
import { RowFinder } from './row-finder.ts';
import { type Spot, sameSpot } from './spot.ts';

export interface Selected {
  readonly spot: Spot | null;
  /** undefined: not known yet, or the batch has no such image. */
  readonly row: Row | undefined;
  /** Where it stands in the listing; null when the filter hides it. */
  readonly index: number | null;
  /** Another number when `index` is the place of a new choice; the same when the row moved because the list did. */
  readonly placed: number;
}

/**
 * The image that table, picture and review are about. It is kept by its place in the batch, so that rows that come in, another
 * order or a filter never put another image in its place. Answers that come late are dropped.
 */
export class Selection {
  readonly store = createStore<Selected>(() => ({ spot: null, row: undefined, index: null, placed: 0 }));
  readonly batch: string;
  readonly finder: RowFinder;
  readonly #ask: Ask;
  readonly #onError: (error: unknown) => void;
  #listing: Listing;
  #locating = false;
  #locateAgain = false;
  /** The listing is another one since the image was last found. */
  #wasListed = false;
  /** Rises with each choice. */
  #choice = 0;

  /** @param onError what could not be asked */
  constructor(batch: string, listing: Listing, ask: Ask, onError: (error: unknown) => void) {
    this.batch = batch;
    this.#ask = ask;
    this.#onError = onError;
    this.#listing = listing;
    this.finder = new RowFinder(batch, ask);
  }

  get listing(): Listing {
    return this.#listing;
  }

  /** Another order or filter: the same image, found anew in it; where the filter hides it, the first one of the list. */
  list(listing: Listing): void {
    if (listing === this.#listing) return;
    this.#listing = listing;
    this.#wasListed = true;
    void this.#locate();
  }

  /** A row that is there, at its place in the listing. */
  choose(row: Row, index: number): void {
    this.#choice++;
    this.#wasListed = false;
    this.finder.keep([row]);
    this.store.setState({ spot: { item: row.item, frame: row.frame }, row, index, placed: this.#choice });
  }

  /** The row at a place of the listing that is not loaded yet. */
  async chooseIndex(index: number): Promise<void> {
    const choice = ++this.#choice;
    this.store.setState({ index, placed: choice });
    const { filter, sort } = this.#listing;
    try {
      const page = await this.#ask('batches/rows', { batch: this.batch, filter, sort, offset: index, limit: 1 });
      const [row] = page.rows;
      if (row !== undefined && choice === this.#choice) this.choose(row, index);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** An image by its place in the batch. */
  go(spot: Spot): void {
    if (sameSpot(spot, this.store.getState().spot)) return;
    this.#choice++;
    this.store.setState({ spot, row: this.finder.known(spot) });
    void this.#locate();
  }

  /** Rows may have come in or changed. */
  refresh(): void {
    this.finder.forget();
    void this.#locate();
  }

  /** Shows a review before the core has stored it. @returns the row as it is shown now */
  showReview(spot: Spot, review: Review | null): Row | undefined {
    const { row, spot: shown } = this.store.getState();
    const known = sameSpot(spot, shown) ? row : this.finder.known(spot);
    if (known === undefined) return undefined;
    const reviewed = { ...known, review };
    this.finder.keep([reviewed]);
    if (sameSpot(spot, shown)) this.store.setState({ row: reviewed });
    return reviewed;
  }

  async #chooseFirst(): Promise<void> {
    const choice = this.#choice;
    const { filter, sort } = this.#listing;
    const { rows } = await this.#ask('batches/rows', { batch: this.batch, filter, sort, offset: 0, limit: 1 });
    const [row] = rows;
    if (row !== undefined && choice === this.#choice) this.choose(row, 0);
  }

  /** One question at a time, always about the newest choice. */
  async #locate(): Promise<void> {
    this.#locateAgain = true;
    if (this.#locating) return;
    this.#locating = true;
    try {
      while (this.#locateAgain) {
        this.#locateAgain = false;
        await this.#locateOnce();
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#locating = false;
    }
  }

  async #locateOnce(): Promise<void> {
    const { spot } = this.store.getState();
    if (spot === null) return;
    const choice = this.#choice;
    const { filter, sort } = this.#listing;
    const [row, place] = await Promise.all([
      this.finder.find(spot),
      this.#ask('batches/position', { batch: this.batch, ...spot, filter, sort }),
    ]);
    if (choice !== this.#choice || this.#locateAgain) return;
    this.store.setState({ row, index: place.offset, placed: choice });
    const isHiddenNow = this.#wasListed && place.offset === null;
    this.#wasListed = false;
    if (isHiddenNow) await this.#chooseFirst();
  }
}

import { PageCache } from './page-cache.ts';

export interface RowPage<T> {
  readonly total: number;
  readonly rows: readonly T[];
}
export type LoadRows<T> = (offset: number, limit: number) => Promise<RowPage<T>>;

export interface PagerState {
  /** Rows of the whole list; undefined before the first page is there. */
  readonly total: number | undefined;
  readonly loading: boolean;
  readonly error: unknown;
}

/**
 * Fetches the pages that are looked at, one question at a time: what was scrolled past meanwhile is never asked for.
 * `onChange` is told after every change of rows or state.
 */
export class Pager<T> {
  state: PagerState = { total: undefined, loading: false, error: undefined };
  readonly #load: LoadRows<T>;
  readonly #onChange: () => void;
  readonly #cache: PageCache<T>;
  #range: readonly [first: number, last: number];
  #busy = false;
  #closed = false;
  /** Rises with each reload: answers to older questions are late. */
  #round = 0;

  constructor(load: LoadRows<T>, pageSize: number, onChange: () => void) {
    this.#load = load;
    this.#onChange = onChange;
    this.#cache = new PageCache(pageSize);
    this.#range = [0, pageSize - 1];
  }

  row(index: number): T | undefined {
    return this.#cache.row(index);
  }

  /** These rows are in sight; both ends belong to them. */
  look(first: number, last: number): void {
    this.#range = [Math.max(0, first), Math.max(0, last)];
    void this.#fill();
  }

  /** Asks for the rows in sight anew, and for the others when they come in sight. */
  reload(): void {
    this.#round++;
    this.#cache.expire();
    void this.#fill();
  }

  patch(index: number, row: T): void {
    this.#cache.patch(index, row);
    this.#onChange();
  }

  open(): void {
    this.#closed = false;
  }

  /** Answers that are still under way change nothing any more. */
  close(): void {
    this.#closed = true;
  }

  async #fill(): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    try {
      for (let page = this.#next(); page !== undefined && !this.#closed; page = this.#next()) {
        if (!this.state.loading) this.#set({ ...this.state, loading: true });
        await this.#fetch(page);
      }
      if (this.state.loading) this.#set({ ...this.state, loading: false });
    } catch (error) {
      this.#set({ ...this.state, loading: false, error });
    } finally {
      this.#busy = false;
    }
  }

  async #fetch(page: number): Promise<void> {
    const round = this.#round;
    const { pageSize } = this.#cache;
    const { total, rows } = await this.#load(page * pageSize, pageSize);
    if (round !== this.#round) return;
    this.#cache.put(page, rows);
    this.#set({ total, loading: true, error: undefined });
  }

  #next(): number | undefined {
    const [first, last] = this.#range;
    const { total } = this.state;
    // Without rows there is still the first page to ask for: it tells when there are some.
    const end = total === undefined ? last : Math.min(last, Math.max(0, total - 1));
    return this.#cache.missing(Math.min(first, end), end)[0];
  }

  #set(state: PagerState): void {
    this.state = state;
    if (!this.#closed) this.#onChange();
  }
}

/** Rows of a long list, fetched in pages; the pages used longest ago are let go. */
export class PageCache<T> {
  readonly pageSize: number;
  readonly #mostPages: number;
  /** In the order of their last use. */
  readonly #pages = new Map<number, readonly T[]>();
  readonly #stale = new Set<number>();

  constructor(pageSize: number, mostPages = 80) {
    this.pageSize = pageSize;
    this.#mostPages = mostPages;
  }

  /** undefined: not loaded. */
  row(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Pages with these rows that are not there or out of date, first to last; both ends belong to the range. */
  missing(first: number, last: number): number[] {
    const pages: number[] = [];
    for (let page = Math.floor(first / this.pageSize); page <= Math.floor(last / this.pageSize); page++) {
      if (!this.#pages.has(page) || this.#stale.has(page)) pages.push(page);
    }
    return pages;
  }

  put(page: number, rows: readonly T[]): void {
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    this.#stale.delete(page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#mostPages) break;
      this.#pages.delete(oldest);
      this.#stale.delete(oldest);
    }
  }

  /** Another row in place of a loaded one. */
  patch(index: number, row: T): void {
    const page = Math.floor(index / this.pageSize);
    const rows = this.#pages.get(page);
    if (rows !== undefined) this.#pages.set(page, rows.with(index % this.pageSize, row));
  }

  /** Everything is out of date; it is shown until the new rows are there. */
  expire(): void {
    for (const page of this.#pages.keys()) this.#stale.add(page);
  }
}

import type { Row } from '../../../../main/ipc/contract.ts';
import { inFileOrder } from '../filter/listing.ts';
import type { Ask } from './ask.ts';
import { type Spot, sameSpot, spotKey } from './spot.ts';

/** Rows asked for on each side of the one that is needed: scrolling through a scan asks once in a while. */
const aroundRows = 24;
const mostKept = 2000;

/** Rows of single images of a batch, wherever filter and sort put them. */
export class RowFinder {
  readonly #batch: string;
  readonly #ask: Ask;
  readonly #rows = new Map<string, Row>();

  constructor(batch: string, ask: Ask) {
    this.#batch = batch;
    this.#ask = ask;
  }

  known(spot: Spot): Row | undefined {
    return this.#rows.get(spotKey(spot));
  }

  keep(rows: readonly Row[]): void {
    for (const row of rows) this.#rows.set(spotKey(row), row);
    for (const oldest of this.#rows.keys()) {
      if (this.#rows.size <= mostKept) break;
      this.#rows.delete(oldest);
    }
  }

  /** The core may say otherwise by now. */
  forget(): void {
    this.#rows.clear();
  }

  /** undefined: the batch has no such image (yet). */
  async find(spot: Spot): Promise<Row | undefined> {
    const known = this.known(spot);
    if (known !== undefined) return known;
    const order = { batch: this.#batch, filter: {}, sort: inFileOrder };
    const { offset } = await this.#ask('batches/position', { ...order, ...spot });
    if (offset === null) return undefined;
    const first = Math.max(0, offset - aroundRows);
    const { rows } = await this.#ask('batches/rows', { ...order, offset: first, limit: 2 * aroundRows + 1 });
    this.keep(rows);
    return rows.find((row) => sameSpot(row, spot));
  }
}

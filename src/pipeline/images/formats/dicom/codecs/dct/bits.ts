import { HilumError } from '../../../../../domain/errors.ts';

/** Entropy-coded bits of one scan: byte stuffing removed, a marker ends them (ITU-T T.81 F.2.2.5). */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** Where the next marker is, once the scan's bits are used up. */
  get position(): number {
    return this.#at;
  }

  bit(): number {
    if (this.#count === 0) this.#fill();
    this.#count--;
    return (this.#held >> this.#count) & 1;
  }

  bits(length: number): number {
    let value = 0;
    for (let i = 0; i < length; i++) value = (value << 1) | this.bit();
    return value;
  }

  /** RECEIVE and EXTEND of F.2.2.1: a signed value of `length` bits. */
  signed(length: number): number {
    if (length === 0) return 0;
    const value = this.bits(length);
    return value < 2 ** (length - 1) ? value - 2 ** length + 1 : value;
  }

  /** Skips to just behind the restart marker that must follow. */
  restart(): void {
    this.#count = 0;
    const marker = this.#bytes[this.#at + 1] ?? 0;
    if (this.#bytes[this.#at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw new HilumError('image/corrupt', { format: 'JPEG', what: 'restart marker expected' });
    }
    this.#at += 2;
  }

  #fill(): void {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new HilumError('image/truncated');
    if (byte === 0xff) {
      if (this.#bytes[this.#at + 1] !== 0)
        throw new HilumError('image/corrupt', { format: 'JPEG', what: 'data end early' });
      this.#at++;
    }
    this.#at++;
    this.#held = byte;
    this.#count = 8;
  }
}

/** Huffman table in canonical form (ITU-T T.81 annex C and F.2.2.3). */
export class HuffmanTable {
  readonly #first = new Int32Array(17);
  readonly #last = new Int32Array(17).fill(-1);
  readonly #index = new Int32Array(17);
  readonly #symbols: Uint8Array;

  /** @param lengths 16 counts of codes of 1 to 16 bits @param symbols in code order */
  constructor(lengths: Uint8Array, symbols: Uint8Array) {
    this.#symbols = symbols;
    let code = 0;
    let used = 0;
    for (let length = 1; length <= 16; length++) {
      const count = lengths[length - 1] ?? 0;
      this.#first[length] = code;
      this.#index[length] = used;
      this.#last[length] = count === 0 ? -1 : code + count - 1;
      used += count;
      code = (code + count) << 1;
    }
  }

  decode(reader: BitReader): number {
    let code = 0;
    for (let length = 1; length <= 16; length++) {
      code = (code << 1) | reader.bit();
      if (code <= (this.#last[length] ?? -1)) {
        const symbol = this.#symbols[(this.#index[length] ?? 0) + code - (this.#first[length] ?? 0)];
        if (symbol !== undefined) return symbol;
      }
    }
    throw new HilumError('image/corrupt', { format: 'JPEG', what: 'unknown Huffman code' });
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { blackBoxSlots } from '../../protocol.ts';

/**
 * Notes in a file which items are in work. Written synchronously before a decoder touches the bytes, so that it is
 * there even when native code takes the process down the next moment.
 */
export interface BlackBox {
  /** Takes a free slot. @returns how to free it */
  enter(item: number): () => void;
  close(): void;
}

export function openBlackBox(path: string): BlackBox {
  const descriptor = openSync(path, 'r+');
  const free = Array.from({ length: blackBoxSlots }, (_, slot) => slot);
  const word = Buffer.alloc(4);
  const write = (slot: number, value: number): void => {
    word.writeInt32LE(value);
    writeSync(descriptor, word, 0, 4, slot * 4);
  };
  return {
    enter(item) {
      const slot = free.pop();
      if (slot === undefined) throw new RangeError('more items in work than black box slots');
      write(slot, item);
      return () => {
        write(slot, 0);
        free.push(slot);
      };
    },
    close: () => closeSync(descriptor),
  };
}

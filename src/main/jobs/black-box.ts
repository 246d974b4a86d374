import { readFileSync, writeFileSync } from 'node:fs';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { blackBoxSlots } from '../../pipeline/protocol.ts';

const slotBytes = 4;

/**
 * Makes the black box, or empties it: the worker notes in it which items it holds, and the file outlives the worker.
 * @throws HilumError `disk/full`, `disk/failed`, `config/not-writable`
 */
export function resetBlackBox(path: string): void {
  try {
    writeFileSync(path, Buffer.alloc(blackBoxSlots * slotBytes));
  } catch (error) {
    throw diskError(error, 'The black box');
  }
}

/** Items that a dead worker held. A damaged file names nobody. */
export function readBlackBox(path: string): number[] {
  const bytes = readFileSync(path);
  if (bytes.length !== blackBoxSlots * slotBytes) return [];
  const slots = Array.from({ length: blackBoxSlots }, (_, slot) => bytes.readInt32LE(slot * slotBytes));
  return [...new Set(slots.filter((item) => item > 0))];
}

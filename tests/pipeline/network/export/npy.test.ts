import { describe, expect, it } from 'vitest';
import { toNpy } from '../../../../src/pipeline/network/export/index.ts';

describe('.npy', () => {
  it('has a header of 64 bytes or a multiple, and the values behind it', () => {
    const bytes = toNpy(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const length = new DataView(bytes.buffer).getUint16(8, true);
    expect((10 + length) % 64).toBe(0);
    const header = Buffer.from(bytes.subarray(0, 10 + length)).toString('latin1');
    expect(header.slice(0, 8)).toBe('\x93NUMPY\x01\x00');
    expect(header.slice(10)).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/);
    expect([...new Float32Array(bytes.slice(10 + length).buffer)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('writes one dimension as Python does, and bytes as bytes', () => {
    const bytes = toNpy(Uint8Array.of(7, 8), [2]);
    expect(Buffer.from(bytes).toString('latin1')).toContain("'|u1', 'fortran_order': False, 'shape': (2,), }");
    expect([...bytes.subarray(-2)]).toEqual([7, 8]);
  });
});

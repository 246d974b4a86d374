/**
 * Inverse DCT of one 8x8 block, the accurate integer method of the Independent JPEG Group (Loeffler, Ligtenberg, Moschytz 1989;
 * 13-bit constants, one extra bit between the passes as for 12-bit samples), so that results equal DCMTK's and GDCM's.
 */
export function inverseDct(block: Int32Array, base: number, quantisers: Uint16Array, work: Int32Array): void {
  for (let column = 0; column < 8; column++) {
    for (let k = 0; k < 8; k++) {
      const at = column + 8 * k;
      line[k] = Math.imul(block[base + at] ?? 0, quantisers[at] ?? 0);
    }
    butterfly(12);
    for (let k = 0; k < 8; k++) work[column + 8 * k] = line[k] ?? 0;
  }
  for (let row = 0; row < 64; row += 8) {
    for (let k = 0; k < 8; k++) line[k] = work[row + k] ?? 0;
    butterfly(17);
    for (let k = 0; k < 8; k++) work[row + k] = line[k] ?? 0;
  }
}

const line = new Int32Array(8);

/** One pass over eight values of `line`, descaled by `shift` bits with rounding. Constants are round(x * 2^13). */
function butterfly(shift: number): void {
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0] = line;
  const round = 1 << (shift - 1);
  const even = Math.imul(s2 + s6, 4433);
  const even2 = (even - Math.imul(s6, 15137)) | 0;
  const even3 = (even + Math.imul(s2, 6270)) | 0;
  const even0 = (s0 + s4) << 13;
  const even1 = (s0 - s4) << 13;
  const t10 = even0 + even3 + round;
  const t13 = even0 - even3 + round;
  const t11 = even1 + even2 + round;
  const t12 = even1 - even2 + round;

  const all = Math.imul(s7 + s3 + s5 + s1, 9633);
  const z1 = Math.imul(s7 + s1, -7373);
  const z2 = Math.imul(s5 + s3, -20995);
  const z3 = Math.imul(s7 + s3, -16069) + all;
  const z4 = Math.imul(s5 + s1, -3196) + all;
  const odd0 = Math.imul(s7, 2446) + z1 + z3;
  const odd1 = Math.imul(s5, 16819) + z2 + z4;
  const odd2 = Math.imul(s3, 25172) + z2 + z3;
  const odd3 = Math.imul(s1, 12299) + z1 + z4;

  line[0] = (t10 + odd3) >> shift;
  line[7] = (t10 - odd3) >> shift;
  line[1] = (t11 + odd2) >> shift;
  line[6] = (t11 - odd2) >> shift;
  line[2] = (t12 + odd1) >> shift;
  line[5] = (t12 - odd1) >> shift;
  line[3] = (t13 + odd0) >> shift;
  line[4] = (t13 - odd0) >> shift;
}

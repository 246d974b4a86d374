import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from '../../../../src/main/interop/tensorboard/crc32c.ts';
import { tfRecord } from '../../../../src/main/interop/tensorboard/event.ts';
import { writeTensorboard } from '../../../../src/main/interop/tensorboard/export.ts';
import { runEvents } from '../../../../src/main/interop/tensorboard/run-events.ts';
import { readRecord } from '../../../../src/main/studies/run-record.ts';
import { epochRow, temporaryFolder, testRecords } from '../../../helpers/records.ts';
import { addRun } from '../../../helpers/runs.ts';

describe('CRC-32C', () => {
  it('gives the values of RFC 3720 B.4', () => {
    const bytes = (values: Iterable<number>): Uint8Array => Uint8Array.from(values);
    expect(crc32c(bytes(new Array(32).fill(0)))).toBe(0x8a9136aa);
    expect(crc32c(bytes(new Array(32).fill(0xff)))).toBe(0x62a8ab43);
    expect(crc32c(bytes(Array.from({ length: 32 }, (_, at) => at)))).toBe(0x46dd794e);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('is masked into 32 bits whatever the bytes are', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const masked = maskedCrc32c(bytes);
      const rotated = (masked - 0xa282ead8) >>> 0;
      expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(crc32c(bytes));
    });
    void fc.assert(property, { seed: 7 });
  });
});

describe('event files of a run', () => {
  it('are a folder a run: training and validation apart, folds apart, one record after the other', async () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const id = addRun(records, { run: { name: 'a/b: "c"' }, losses: [0.5, 0.25], figures: { 'scan/auc': 0.5 } });
    records.epochs.add(id, 2, epochRow(1));
    const folder = temporaryFolder();
    const record = readRecord(records, records.runs.get(id));
    expect(await writeTensorboard(folder, [record])).toEqual([`a_b_ _c_-${id}`]);
    const name = `events.out.tfevents.1767225600.hilum.${id}`;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith(id) && file.includes('events'),
    );
    const own = `a_b_ _c_-${id}`;
    expect(files.sort()).toEqual(
      [
        `${own}/${name}`,
        `${own}/fold-2/train/${name}`,
        `${own}/fold-2/validation/${name}`,
        `${own}/train/${name}`,
        `${own}/validation/${name}`,
      ].sort(),
    );
    const content = readFileSync(join(folder, own, 'train', name));
    let at = 0;
    let events = 0;
    while (at < content.length) {
      const length = Number(content.readBigUInt64LE(at));
      const data = content.subarray(at + 12, at + 12 + length);
      expect(tfRecord(data).equals(content.subarray(at, at + 16 + length))).toBe(true);
      at += 16 + length;
      events++;
    }
    // The version, then four figures of two epochs.
    expect(events).toBe(1 + 8);
  });

  it('are the same bytes each time', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const record = readRecord(records, records.runs.get(addRun(records, { losses: [1, 2] })));
    expect(runEvents(record)).toEqual(runEvents(record));
  });
});

/**
 * A process that writes records until it is killed, and says on stdout what it has committed.
 * records-writer.ts PATH MODE [COUNT]; modes: batch (results of the newest batch), audit (COUNT entries), hold (takes the lock).
 */
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openRecords } from '../../src/main/records/index.ts';
import { lockStateFolder } from '../../src/main/workspace/lock.ts';
import { exitCodeOf } from '../../src/pipeline/domain/errors.ts';

const [path = '', mode = '', count = '0'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

if (mode === 'hold') {
  try {
    lockStateFolder(dirname(path));
    say('held');
    setInterval(() => undefined, 60_000);
  } catch (error) {
    say(String(exitCodeOf(error)));
  }
}
if (mode === 'audit') {
  const records = openRecords(path);
  for (let i = 0; i < Number(count); i++) records.audit.add('export', `${process.pid}-${i}`);
  records.close();
}
if (mode === 'batch') {
  const records = openRecords(path);
  const batch = records.batches.list()[0]?.id ?? '';
  const run = records.runs.list()[0]?.id ?? '';
  for (;;) {
    const files = records.batchItems.pending(batch, 0, 1 + (process.pid % 5));
    if (files.length === 0) break;
    const rows = files.map(({ item, file }) => ({
      item,
      sha256: null,
      rows: [
        {
          ...{ frame: 0, image: file, scan: '', group: '', state: 'answered' as const, predicted: 0, code: null },
          ...{ probabilities: [1, 0], facts: {} },
        },
      ],
    }));
    records.batchItems.complete(batch, rows);
    records.audit.add('export', run, { items: files.length });
    for (const { item } of files) say(String(item));
  }
}

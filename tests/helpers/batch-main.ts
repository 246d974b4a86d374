/** Runs a batch with the tiny worker as a command would, and says after each commit how many files are done. */
import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runBatch } from '../../src/main/jobs/batch.ts';
import { forkWorker } from '../../src/main/jobs/ports/child-process.ts';
import { startWorker } from '../../src/main/jobs/supervisor.ts';
import { openRecords } from '../../src/main/records/index.ts';
import { lockStateFolder } from '../../src/main/workspace/lock.ts';

const [path = '', batchId = ''] = process.argv.slice(2);
const script = new URL('tiny-worker.ts', import.meta.url).pathname;
const records = openRecords(path, { lock: lockStateFolder(dirname(path)) });
await runBatch({
  records,
  batchId,
  openWorker: () => startWorker(() => forkWorker({ script, heapMb: 64 })),
  input: { model: '{}', blackBox: join(dirname(path), 'black-box') },
  onProgress: ({ done }) => void writeSync(1, `${done}\n`),
});

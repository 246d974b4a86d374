/**
 * Wall time of a whole `hilum train` with live logging to a server that is not there (connection refused) and to one that
 * takes connections and never answers, against no server at all. The three take turns, each on the same prepared phantom;
 * seconds, medians and the ratios of the medians are printed.
 *
 *   npm run bench -- mlflow-live [ROUNDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hilum } from './lib/processes.ts';
import { preparedStudy } from './lib/study.ts';

const rounds = Number(process.argv[2] ?? '5');

/** The kernel takes its connections; nobody reads them. */
const blackHole = createServer(() => undefined);
await new Promise<void>((resolve) => blackHole.listen(0, '127.0.0.1', resolve));
const address = blackHole.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const servers = {
  none: undefined,
  'not there': 'http://127.0.0.1:47111',
  'never answers': `http://127.0.0.1:${port}`,
} as const;

const source = mkdtempSync(join(tmpdir(), 'hilum-bench-'));
hilum('phantom', join(source, 'images'), '--scans', '12', '--slices', '6', '--size', '128');
const study = preparedStudy(join(source, 'images'), 'training:\n  epochs: 60\n  early_stopping:\n    patience: 0\n');
hilum('train', '-w', study);

const seconds = new Map<string, number[]>(Object.keys(servers).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, url] of Object.entries(servers)) {
    if (url === undefined) delete process.env.MLFLOW_TRACKING_URI;
    else process.env.MLFLOW_TRACKING_URI = url;
    const started = performance.now();
    hilum('train', '-w', study);
    seconds.get(name)?.push((performance.now() - started) / 1000);
  }
}
blackHole.close();
rmSync(source, { recursive: true, force: true });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const plain = median(seconds.get('none') ?? []);
for (const [name, values] of seconds) {
  const each = values.map((value) => value.toFixed(2)).join(' ');
  console.log(
    `${name}: ${each} s, median ${median(values).toFixed(2)} s, ${(median(values) / plain).toFixed(3)} of none`,
  );
}

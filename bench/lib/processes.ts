import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Runs the built command line and returns what it prints on stdout; exit 3 (some files refused) is fine. */
export function hilum(...words: readonly string[]): string {
  return output(process.execPath, [join(root, 'out', 'main', 'cli.cjs'), ...words], [0, 3]);
}

/** Runs a script of bench/lib in a process of its own and parses the JSON of its last line. */
export function ours(script: string, ...words: readonly string[]): unknown {
  return lastLine(output(process.execPath, [join(root, 'bench', 'lib', script), ...words], [0]));
}

/** Runs a script of bench/keras with the peers' Python and parses the JSON of its last line. */
export function keras(script: string, ...words: readonly string[]): unknown {
  const python = process.env.HILUM_PEER_PYTHON;
  if (python === undefined) throw new Error('HILUM_PEER_PYTHON is not set: run it through `npm run bench`');
  return lastLine(output(python, [join(root, 'bench', 'keras', script), ...words], [0]));
}

function lastLine(text: string): unknown {
  return JSON.parse(text.trim().split('\n').at(-1) ?? '');
}

function output(program: string, words: readonly string[], good: readonly number[]): string {
  const done = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (done.status === null || !good.includes(done.status)) {
    throw new Error(`${program} ended with ${done.status}:\n${done.stderr.slice(-2000)}`);
  }
  return done.stdout;
}

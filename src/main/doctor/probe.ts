import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** How a probe ended: what it printed, or in one line why it could not. */
export type ProbeResult =
  | { readonly ok: true; readonly printed: string }
  | { readonly ok: false; readonly fault: string };

const longestMs = 60_000;

/**
 * Runs a few lines of CommonJS in a Node of their own: a native module that takes its process down cannot take doctor
 * along. `load` requires a package as the program itself would find it.
 */
export function probe(lines: string, node: string = process.execPath): Promise<ProbeResult> {
  const from = JSON.stringify(join(import.meta.dirname, 'probe.cjs'));
  const script = `const load = require('node:module').createRequire(${from});\n${lines}`;
  const child = spawn(node, ['-e', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
  let printed = '';
  let complained = '';
  child.stdout.on('data', (piece: Buffer) => {
    printed += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    complained += piece.toString();
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve({ ok: false, fault: 'Node could not be started' }));
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ ok: true, printed: printed.trim() });
      else resolve({ ok: false, fault: faultOf(complained) ?? `ended with ${signal ?? `code ${code}`}` });
    });
  });
}

function faultOf(complained: string): string | undefined {
  return complained
    .split('\n')
    .find((line) => /\bError: /.test(line))
    ?.replace(/^.*?\bError: /, '')
    .trim();
}

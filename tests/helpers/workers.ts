import { readdirSync, readFileSync } from 'node:fs';

/** Processes can be looked up here. */
export const hasProc = process.platform === 'linux';

/** Worker processes of a server, oldest first. */
export function workersOf(server: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map(Number)
    .filter((pid) => isWorkerOf(pid, server))
    .sort((a, b) => a - b);
}

function isWorkerOf(pid: number, server: number): boolean {
  try {
    const [, afterName = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /);
    if (Number(afterName.split(' ')[1]) !== server) return false;
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.cjs');
  } catch {
    // It has ended while it was looked at.
    return false;
  }
}

/** Ends a process as the system does when memory runs out. */
export function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

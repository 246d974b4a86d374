import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** Runs a helper script on the Node that runs the tests. */
export function startScript(name: string, args: readonly string[]): ChildProcess {
  const script = new URL(name, import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', (code) => resolve(code)));
}

/** Reads lines until `enough` says so, kills the process with SIGKILL, and gives every line that it had written. */
export async function linesUntilKilled(child: ChildProcess, enough: (lines: number) => boolean): Promise<string[]> {
  const lines: string[] = [];
  const gone = ended(child);
  if (child.stdout === null) throw new Error('stdout is not piped');
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (enough(lines.length)) child.kill('SIGKILL');
  }
  await gone;
  return lines;
}

/** The first line that the process writes; it is left running. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('stdout is not piped');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve) => lines.once('line', resolve));
}

import { randomBytes } from 'node:crypto';
import { runCommandLine } from './program.ts';
import { progressView } from './progress-view.ts';
import { watchSignals } from './signals.ts';
import { startCliWorker } from './worker.ts';

/** Entry of the command line: the real process behind a Shell. */
async function main(): Promise<void> {
  // A reader that went away (`| head`) is no fault of ours.
  process.stdout.on('error', () => process.exit(0));
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const code = await runCommandLine(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    signal: watchSignals(say),
    data: (text) => {
      process.stdout.write(text);
    },
    say,
    now: () => new Date().toISOString(),
    newId: () => randomBytes(6).toString('hex'),
    openWorker: startCliWorker,
    showProgress: () => progressView(process.stderr, () => performance.now()),
  });
  // Not process.exit at once: what waits in a pipe would be lost.
  process.stdout.write('', () => process.exit(code));
}

void main();

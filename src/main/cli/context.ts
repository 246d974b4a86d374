import type { Progress } from '../../pipeline/progress.ts';

/** What a command is given besides its options. Tests replace clock and ids, nothing else. */
export interface CliContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--json` was given: stdout carries one JSON value. */
  readonly json: boolean;
  /** Set by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Data: to stdout. */
  data(text: string): void;
  /** Words: one line to stderr. */
  say(line: string): void;
  /** ISO 8601, UTC. */
  now(): string;
  newId(): string;
  /** A bar on a terminal, a line every few seconds elsewhere. */
  showProgress(): ProgressView;
}

export interface ProgressView {
  update(progress: Progress): void;
  stop(): void;
}

/** Prints a result: the value with `--json`, else the text for people. */
export function printResult(context: CliContext, value: unknown, text: string): void {
  if (context.json) context.data(`${JSON.stringify(value, null, 2)}\n`);
  else context.data(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

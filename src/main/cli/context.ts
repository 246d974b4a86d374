import type { WorkContext } from '../jobs/work-context.ts';

/** What a command is given besides its options. Tests replace clock and ids, nothing else. */
export interface CliContext extends WorkContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--json` was given: stdout carries one JSON value. */
  readonly json: boolean;
  /** Data: to stdout. */
  data(text: string): void;
}

/** Prints a result: the value with `--json`, else the text for people. */
export function printResult(context: CliContext, value: unknown, text: string): void {
  if (context.json) context.data(`${JSON.stringify(value, null, 2)}\n`);
  else context.data(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

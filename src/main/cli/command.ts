import type { Command } from 'commander';
import { z } from 'zod';
import { parseGiven } from '../studies/command-words.ts';
import type { CliContext } from './context.ts';

export { addWorkspaceOption, workspaceOption } from '../studies/command-words.ts';

/** One command: `runs list` stands below the group `runs`. */
export interface CliCommand {
  readonly name: string;
  readonly summary: string;
  /** Declares arguments and options. */
  configure(command: Command): void;
  /** @param given arguments and options as written. @returns the exit code */
  run(given: Record<string, unknown>, context: CliContext): Promise<number>;
}

interface Definition<Options> {
  readonly name: string;
  readonly summary: string;
  /** Checks what was written; the keys are commander's names of arguments and options. */
  readonly options: z.ZodType<Options>;
  configure(command: Command): void;
  run(options: Options, context: CliContext): Promise<number>;
}

/** Joins a command's schema to its run: commander hands over unchecked text, `run` gets checked values. */
export function defineCommand<Options>(definition: Definition<Options>): CliCommand {
  const { name, summary, configure } = definition;
  return {
    name,
    summary,
    configure,
    run: (given, context) => definition.run(parseGiven(definition.options, given), context),
  };
}

/** Whole number of an option, which commander hands over as text. */
export const countOption = (minimum: number, fallback: number) =>
  z.coerce.number().int().min(minimum).default(fallback);

import type { Command } from 'commander';
import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { CliContext } from './context.ts';

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

/** Checked options. @throws HilumError `usage/bad-option` naming the option */
export function parseGiven<Options>(schema: z.ZodType<Options>, given: Record<string, unknown>): Options {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const key = issue?.path.join('.') ?? '';
  throw new HilumError('usage/bad-option', { what: `--${dashed(key)}: ${issue?.message ?? 'not valid'}` });
}

/** Arguments and options of a command that commander has parsed, by name. */
export function givenOf(command: Command): Record<string, unknown> {
  const given: Record<string, unknown> = { ...command.opts() };
  for (const [index, argument] of command.registeredArguments.entries()) {
    given[argument.name()] = command.processedArgs[index];
  }
  return given;
}

/** Whole number of an option, which commander hands over as text. */
export const countOption = (minimum: number, fallback: number) =>
  z.coerce.number().int().min(minimum).default(fallback);

/** `-w` of every command that works in a workspace. */
export const workspaceOption = { workspace: z.string().optional() };

export function addWorkspaceOption(command: Command): void {
  command.option('-w, --workspace <folder>', 'workspace; left out: the nearest one upward from here');
}

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

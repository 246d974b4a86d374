import { Command } from 'commander';
import { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';

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

/** Words of a command line; quotes keep blanks together. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** Arguments and options of a stage's line in dvc.yaml. @throws HilumError `usage/bad-option` */
export function parseWords(
  name: string,
  configure: (command: Command) => void,
  words: readonly string[],
): Record<string, unknown> {
  const command = new Command(name)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  configure(command);
  try {
    command.parse(words, { from: 'user' });
  } catch (error) {
    const what = `dvc.yaml: "${name} ${words.join(' ')}" is no valid command`;
    throw new HilumError('usage/bad-option', { what }, { cause: error });
  }
  return givenOf(command);
}

/** `-w` of every command that works in a workspace. */
export const workspaceOption = { workspace: z.string().optional() };

export function addWorkspaceOption(command: Command): void {
  command.option('-w, --workspace <folder>', 'workspace; left out: the nearest one upward from here');
}

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

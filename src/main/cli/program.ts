import { Command, CommanderError } from 'commander';
import { exitCodeOf, HilumError, toEnvelope } from '../../pipeline/domain/errors.ts';
import { notice } from '../../pipeline/domain/outcome.ts';
import { givenOf } from '../studies/command-words.ts';
import { version } from '../workspace/version.ts';
import type { CliCommand } from './command.ts';
import { commands, groups } from './commands/index.ts';
import type { CliContext } from './context.ts';

/** What a whole command line needs; `json` is known only when it has been read. */
export type Shell = Omit<CliContext, 'json'>;

/**
 * Runs one command line.
 * @param words what stands behind the program's name
 * @returns the exit code (DESIGN section 4)
 */
export async function runCommandLine(words: readonly string[], shell: Shell): Promise<number> {
  let code = 0;
  const program = buildProgram(shell, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(error, shell, words.includes('--json'));
  }
}

function buildProgram(shell: Shell, done: (code: number) => void): Command {
  const program = new Command('hilum');
  program
    .description('Classifies folders of kidney CT images, trains the classifier and says how good it is.')
    .version(`hilum ${version}\n${notice}`)
    .usage('COMMAND [options]');
  prepare(program, shell);
  program.addHelpText('afterAll', `\n${notice}`);
  const parents = new Map<string, Command>();
  for (const command of commands) addCommand(program, parents, command, shell, done);
  return program;
}

/** What commander hands to children only when it is told for each. */
function prepare(command: Command, shell: Shell): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({ writeOut: shell.data, writeErr: (text) => shell.say(text.replace(/\n$/, '')) });
}

function addCommand(
  program: Command,
  parents: Map<string, Command>,
  command: CliCommand,
  shell: Shell,
  done: (code: number) => void,
): void {
  const [first = '', second] = command.name.split(' ');
  let parent = program;
  if (second !== undefined) {
    parent = parents.get(first) ?? program.command(first).description(groups[first] ?? '');
    prepare(parent, shell);
    parents.set(first, parent);
  }
  const child = parent.command(second ?? first).description(command.summary);
  prepare(child, shell);
  command.configure(child);
  child.option('--json', 'data as JSON on stdout');
  child.action(async () => {
    const given = givenOf(child);
    done(await command.run(given, { ...shell, json: given.json === true }));
  });
}

function reportFailure(error: unknown, shell: Shell, json: boolean): number {
  const { code, facts } = toEnvelope(error);
  const failure = error instanceof HilumError ? error : new HilumError(code, facts);
  if (json) shell.data(`${JSON.stringify({ error: { code, sentence: failure.sentence, facts } }, null, 2)}\n`);
  shell.say(`hilum: ${failure.sentence} (${code})`);
  if (code === 'bug/unexpected') shell.say(framesOf(error));
  return exitCodeOf(error);
}

/** Kind and place of a fault. Its message stays out: it may hold the path of a patient's file. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

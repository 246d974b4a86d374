import type { Command } from 'commander';
import { z } from 'zod';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import { sweepObjectives } from '../../../pipeline/domain/sweep.ts';
import type { Study } from '../../studies/study.ts';
import { applyWinner } from '../../studies/sweep/apply.ts';
import { sweepJournal } from '../../studies/sweep/journal.ts';
import { beginSweep, continueSweep } from '../../studies/sweep/run-sweep.ts';
import type { SweepView } from '../../studies/sweep/view.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { withStudy } from '../study.ts';
import { type SweepWords, sweepDefinition } from '../sweep/definition.ts';
import { sweepText, sweepValue } from '../sweep/sweep-text.ts';

const words = {
  file: z.string().optional(),
  grid: z.array(z.string()).default([]),
  range: z.array(z.string()).default([]),
  random: z.coerce.number().int().min(1).optional(),
  seed: z.coerce.number().int().min(1).optional(),
  objective: z.enum(sweepObjectives).optional(),
  eta: z.coerce.number().int().min(1).optional(),
  leastEpochs: z.coerce.number().int().min(1).optional(),
  name: z.string().optional(),
};
const options = z.object({
  ...workspaceOption,
  ...words,
  resume: z.string().optional(),
  apply: z.boolean().default(false),
  allowLeak: z.boolean().default(false),
});
type Options = z.infer<typeof options>;

const definers = Object.keys(words);

export const sweep = defineCommand({
  name: 'sweep',
  summary: 'searches values of params.yaml, stops losers early, and says which did best on validation groups',
  options: options.refine((given) => given.resume === undefined || !isDefined(given), {
    path: ['resume'],
    message: 'a sweep that goes on is defined already; leave file, --grid, --range and the like out',
  }),
  configure,
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      const found = await swept(study, given, context);
      if (given.apply) await applyWinner(study.workspace.paths.root, found);
      const applied = given.apply
        ? "\nparams.yaml has the winner's values now: `hilum repro` trains and evaluates it."
        : '';
      printResult(context, sweepValue(found, given.apply), `${sweepText(found)}${applied}`);
      return 0;
    }),
});

function configure(command: Command): void {
  const several = (word: string, before: readonly string[] = []): string[] => [...before, word];
  command
    .argument('[file]', 'definition of the sweep (default sweep.yaml of the workspace)')
    .option(
      '--grid <key=values>',
      'values of a key of params.yaml: training.l2=0.001,0.01 (may be given again)',
      several,
    )
    .option('--range <key=range>', 'for --random: training.l2=log:0.0001..0.1 or head.hidden=0..256', several)
    .option('--random <count>', 'draw so many combinations instead of all')
    .option('--seed <number>', 'with --random: seed of the draws (default 7)')
    .option('--objective <name>', `rank by ${sweepObjectives.join(' | ')} (default ${sweepObjectives[0]})`)
    .option(
      '--eta <number>',
      'the best 1/eta of each rung go on, for eta times as many epochs; 1 stops nobody (default 3)',
    )
    .option('--least-epochs <count>', 'epochs that every candidate gets (default 1)')
    .option('--name <name>', 'name of the sweep and, with a number, of its runs')
    .option('--resume <sweep>', 'go on with a sweep that was stopped (id or name), or show a finished one')
    .option('--apply', "write the winner's values into params.yaml")
    .option('--allow-leak', 'train although the split leaks; the runs are stamped leaky for ever');
  addWorkspaceOption(command);
}

function isDefined(given: Options): boolean {
  return Object.entries(given).some(
    ([key, value]) => definers.includes(key) && (Array.isArray(value) ? value.length > 0 : value !== undefined),
  );
}

/** @throws HilumError `cancelled/by-user` after saying how to go on */
async function swept(study: Study, given: Options, context: CliContext): Promise<SweepView> {
  const id =
    given.resume === undefined ? await begun(study, given, context) : sweepJournal(study.records).find(given.resume).id;
  try {
    return await continueSweep(study, context, id);
  } catch (error) {
    if (hasCode(error, 'cancelled/by-user'))
      context.say(`What is done is kept: \`hilum sweep --resume ${id}\` goes on.`);
    throw error;
  }
}

async function begun(study: Study, given: Options, context: CliContext): Promise<string> {
  const { file, grid, range, random, seed, objective, eta, leastEpochs, name } = given;
  const asked: SweepWords = { file, grid, range, random, seed, objective, eta, leastEpochs, name };
  const definition = await sweepDefinition(asked, study.workspace.paths.root, context.cwd);
  return beginSweep(study, context, definition, { allowLeak: given.allowLeak });
}

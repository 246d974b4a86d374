import { dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { duelSchema, type RecordedDuel } from '../../../pipeline/domain/duel.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { fight, type Ground } from '../../studies/duel/fight.ts';
import { sideNamed } from '../../studies/duel/sides.ts';
import { duelText } from '../../studies/duel/words.ts';
import { resolveSource } from '../../workspace/open.ts';
import { addWorkspaceOption, countOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { withStudy } from '../study.ts';

const options = z
  .object({
    ...workspaceOption,
    a: z.string().min(1),
    b: z.string().min(1),
    on: z.string().min(1).optional(),
    labels: z.string().min(1).optional(),
    testPart: z.boolean().default(false),
    out: z.string().min(1).optional(),
    limit: countOption(0, 20),
  })
  .refine(({ on, testPart }) => on === undefined || !testPart, {
    path: ['on'],
    message: 'does not go with --test-part',
  })
  .refine(({ on, labels }) => labels === undefined || on !== undefined, { path: ['labels'], message: 'needs --on' });
type Options = z.infer<typeof options>;

export const duel = defineCommand({
  name: 'duel',
  summary: 'compares two runs or models on the same images: fixed and broken scans, McNemar, paired interval',
  options,
  configure(command) {
    command
      .argument('<a>', 'what there is: run, champion, a version (v3), model folder, or first digits of a seal')
      .argument('<b>', 'what may replace it')
      .option('--on <source>', 'let both sealed models answer for this folder, zip or address')
      .option('--labels <csv>', 'with --on: table file,class[,scan][,group]; left out: folders name the classes')
      .option('--test-part', 'let both sealed models answer for the test part of the split')
      .option('--limit <n>', 'scans of each list to print', '20')
      .option('--out <file>', 'write one page of HTML');
    addWorkspaceOption(command);
  },
  run: (given, context) =>
    withStudy(context, given.workspace, async (study) => {
      await requireWritableOut(given, context);
      const sides = {
        a: await sideNamed(study, given.a, context.cwd),
        b: await sideNamed(study, given.b, context.cwd),
      };
      const recorded = await fight(study, sides, groundOf(given, context), {
        run: (input) => stageInWorker(context, 'duel', input, duelSchema),
        newId: context.newId,
      });
      if (given.out !== undefined) await writePage(recorded, resolve(context.cwd, given.out), context);
      printResult(context, recorded, duelText(recorded, given.limit));
      return 0;
    }),
});

function groundOf({ on, labels, testPart }: Options, { cwd }: CliContext): Ground {
  if (testPart) return { kind: 'test-part' };
  if (on === undefined) return { kind: 'runs' };
  const table = labels === undefined ? undefined : resolve(cwd, labels);
  return { kind: 'folder', source: resolveSource(cwd, on), labels: table };
}

async function requireWritableOut({ out }: Options, { cwd }: CliContext): Promise<void> {
  if (out === undefined) return;
  if (extname(out).toLowerCase() !== '.html') {
    throw new HilumError('usage/bad-option', { what: '--out: expected a name ending in .html' });
  }
  await requireWritable(dirname(resolve(cwd, out)));
}

async function writePage(recorded: RecordedDuel, out: string, context: CliContext): Promise<void> {
  await stageInWorker(context, 'report', { of: 'duel', duel: recorded, out }, z.object({ out: z.string() }));
}

import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import {
  type ExplainInput,
  type ExplainReport,
  explainReportSchema,
  heatMapWords,
  type NeighboursInput,
  type NeighboursReport,
  neighboursReportSchema,
} from '../../../pipeline/domain/explain.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { trustFailure } from '../../../pipeline/domain/trust-words.ts';
import { stageInWorker } from '../../jobs/stage-in-worker.ts';
import { trainingRecordOf } from '../../studies/model-training.ts';
import type { ModelIdentity } from '../../workspace/model-identity.ts';
import { findWorkspace, locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { chooseModel } from '../choose-model.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { explainedText, neighboursText } from '../explain/describe.ts';
import { keepTrust, knownTrust } from '../explain/known-trust.ts';

const options = z.object({
  ...workspaceOption,
  images: z.array(z.string()).min(1),
  model: z.string().optional(),
  out: z.string().optional(),
  class: z.string().optional(),
  frame: z.coerce.number().int().min(1).optional(),
  neighbours: z.boolean().default(false),
});
type Options = z.infer<typeof options>;

export const explain = defineCommand({
  name: 'explain',
  summary: 'shows where a model looked in images, and which training cases are nearest; a hint, never evidence',
  options,
  configure(command) {
    command
      .argument('<images...>', 'files of images')
      .option('--out <folder>', 'writes a heat map over each picture (PNG) and explain.json there')
      .option('--model <model>', 'champion, challenger, a version (v3), 8 or more digits of a seal, or a folder')
      .option('--class <name>', 'class to explain (default: the one that the model answers with)')
      .option('--frame <number>', 'only this frame of files of several (default: all)')
      .option('--neighbours', 'also the five nearest training cases; only where the model was trained');
    addWorkspaceOption(command);
  },
  run: explainImages,
});

/** @returns 0; 3 when images were refused; 4 when the model failed its trust test, so that no heat map was made */
async function explainImages(given: Options, context: CliContext): Promise<number> {
  if (given.out === undefined && !given.neighbours) {
    throw new HilumError('usage/bad-option', { what: 'Name a folder with --out, or ask for --neighbours' });
  }
  const out = given.out === undefined ? null : resolve(context.cwd, given.out);
  if (out !== null) await requireWritable(out);
  const { workspace } = given;
  const root =
    workspace === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, workspace);
  const model = await chooseModel(context, given.model, root);
  const files = given.images.map((image) => {
    return {
      path: resolve(context.cwd, image),
      file: basename(image),
      frame: given.frame === undefined ? null : given.frame - 1,
    };
  });
  const explained =
    out === null ? undefined : await explainWith(context, root, model, { files, out, class: given.class ?? null });
  const near = given.neighbours ? await neighboursWith(context, root, model, files) : undefined;
  return report(context, explained, near, out);
}

async function explainWith(
  context: CliContext,
  root: string | undefined,
  { folder, seal }: ModelIdentity,
  asked: Pick<ExplainInput, 'files' | 'out' | 'class'>,
): Promise<ExplainReport> {
  const input: ExplainInput = { model: folder, trust: await knownTrust(context, root, seal), keep: false, ...asked };
  const explained = await stageInWorker(context, 'explain', input, explainReportSchema);
  if (explained.trustFrom === 'measured') await keepTrust(context, root, explained.seal, explained.trust);
  return explained;
}

async function neighboursWith(
  context: CliContext,
  root: string | undefined,
  { folder, seal }: ModelIdentity,
  files: NeighboursInput['files'],
): Promise<NeighboursReport> {
  if (root === undefined) throw new HilumError('explain/elsewhere');
  const { paths } = await openWorkspace(root);
  const training = await trainingRecordOf(paths, seal);
  const input: NeighboursInput = { model: folder, workspace: paths, training, files, extract: true, keep: false };
  return stageInWorker(context, 'neighbours', input, neighboursReportSchema);
}

function report(
  context: CliContext,
  explained: ExplainReport | undefined,
  near: NeighboursReport | undefined,
  out: string | null,
): number {
  const failed = explained !== undefined && !explained.trust.passed;
  const refused =
    explained?.images.some(({ state }) => state === 'refused') || near?.images.some(({ reason }) => reason !== null);
  const exit = failed ? 4 : refused ? 3 : 0;
  const text = [
    ...(explained === undefined ? [] : [explainedText(explained)]),
    ...(near === undefined ? [] : [neighboursText(near)]),
    ...(out === null ? [] : [`${failed ? '' : `${heatMapWords} `}Written: ${join(out, 'explain.json')}`]),
  ];
  printResult(context, { notice, words: heatMapWords, explained, neighbours: near, exit }, text.join('\n\n'));
  if (failed) {
    const { sentence } = new HilumError('explain/not-trusted', { what: trustFailure(explained.trust) });
    context.say(`hilum: ${sentence} (explain/not-trusted)`);
  }
  return exit;
}

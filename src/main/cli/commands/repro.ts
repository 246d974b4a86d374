import { join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { openHasher } from '../../workspace/hashes.ts';
import { type PipelineStage, readPipeline } from '../../workspace/pipeline-file.ts';
import { readStageLock } from '../../workspace/stage-lock.ts';
import { type StageChange, stageChange } from '../../workspace/stage-status.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { type StageCommand, wordsOf } from '../stage-command.ts';
import { type Study, withStudy } from '../study.ts';
import { evaluate } from './evaluate.ts';
import { ingest } from './ingest.ts';
import { prepare } from './prepare.ts';
import { split } from './split.ts';
import { changeText } from './status.ts';
import { train } from './train.ts';

const stageCommands: readonly StageCommand[] = [ingest, split, prepare, train, evaluate];

interface Done {
  readonly name: string;
  readonly state: 'ran' | 'up to date';
  readonly change: StageChange | null;
  readonly result: unknown;
}

export const repro = defineCommand({
  name: 'repro',
  summary: 'runs the stages of dvc.yaml whose command, parameters, inputs or outputs changed',
  options: z.object({ ...workspaceOption, force: z.boolean().default(false) }),
  configure(command) {
    command.option('--force', 'run every stage');
    addWorkspaceOption(command);
  },
  async run({ workspace, force }, context) {
    const { code, stages } = await withStudy(context, workspace, (study) => reproduce(study, context, force));
    const ran = stages.filter((stage) => stage.state === 'ran').length;
    const text = ran === 0 ? 'Everything is up to date.' : `${ran} of ${stages.length} stages ran.`;
    printResult(context, { stages }, text);
    return code;
  },
});

/** Runs what changed, in order. @returns the first exit code that is not 0, which also ends it unless files were refused */
export async function reproduce(
  study: Study,
  context: CliContext,
  force: boolean,
): Promise<{ code: number; stages: Done[] }> {
  const done: Done[] = [];
  let worst = 0;
  for (const stage of await readPipeline(study.workspace)) {
    const command = commandOf(stage);
    const change = await changeOf(study, stage);
    if (change === null && !force) {
      context.say(`${stage.name}: up to date`);
      done.push({ name: stage.name, state: 'up to date', change, result: null });
      continue;
    }
    context.say(`${stage.name}: ${change === null ? 'forced' : changeText(change)}; running \`${stage.cmd}\``);
    const { code, value, text } = await command.runIn(command.parse(wordsOf(stage.cmd).slice(2)), study, context);
    if (context.json) context.say(text);
    else context.data(`${text}\n\n`);
    done.push({ name: stage.name, state: 'ran', change, result: value });
    if (code !== 0) worst = code;
    if (code !== 0 && code !== 3) break;
  }
  return { code: worst, stages: done };
}

/** @throws HilumError `config/bad-value` for a stage that is not one of ours */
function commandOf(stage: PipelineStage): StageCommand {
  const [program, name] = wordsOf(stage.cmd);
  const command = stageCommands.find((each) => each.name === name);
  if (program === 'hilum' && command !== undefined) return command;
  const names = stageCommands.map((each) => `hilum ${each.name}`).join(', ');
  const what = `runs other programs than ${names}; use \`dvc repro\``;
  throw new HilumError('config/bad-value', { file: 'dvc.yaml', key: `stages.${stage.name}.cmd`, what });
}

async function changeOf(study: Study, stage: PipelineStage): Promise<StageChange | null> {
  const { root, state } = study.workspace.paths;
  const hasher = await openHasher(join(state, 'cache', 'md5.json'));
  const change = await stageChange(root, stage, (await readStageLock(root))[stage.name], hasher);
  await hasher.save();
  return change;
}

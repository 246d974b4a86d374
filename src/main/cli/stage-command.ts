import { z } from 'zod';
import { parseGiven } from '../studies/command-words.ts';
import type { StudyStage } from '../studies/stage.ts';
import { type CliCommand, workspaceOption } from './command.ts';
import { withStudy } from './study.ts';

/** The command that runs one stage of dvc.yaml. */
export function stageCommand(stage: StudyStage): CliCommand {
  return {
    name: stage.name,
    summary: stage.summary,
    configure: stage.configure,
    async run(given, context) {
      const { workspace } = parseGiven(z.object(workspaceOption), given);
      const end = await withStudy(context, workspace, (study) => stage.runIn(given, study, context));
      if (context.json) context.data(`${JSON.stringify(end.value, null, 2)}\n`);
      else context.data(`${end.text}\n`);
      return end.code;
    },
  };
}

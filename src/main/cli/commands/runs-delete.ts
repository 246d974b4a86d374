import { join } from 'node:path';
import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { openSettings } from '../../session/settings-store.ts';
import { footprintOf } from '../../studies/run-deletion/footprint.ts';
import type { KeptModels } from '../../studies/run-deletion/kept-models.ts';
import { purgeRuns } from '../../studies/run-deletion/purge.ts';
import { readRun } from '../../studies/run-record.ts';
import { counted } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { userDataFolder } from '../../workspace/user-folders.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withState } from '../state.ts';

export const runsDelete = defineCommand({
  name: 'runs delete',
  summary: 'removes a run with its checkpoints and its stored model; the one in the artifacts folder stays',
  options: z.object({ ...workspaceOption, id: z.string().min(1), yes: z.boolean().default(false) }),
  configure(command) {
    command.argument('<id>', 'id of the run, whole').option('--yes', 'needed: there is no way back');
    addWorkspaceOption(command);
  },
  async run({ workspace, id, yes }, context) {
    const state = join(await locateWorkspace(context.cwd, workspace), workspaceNames.state);
    const { value: settings } = await openSettings(userDataFolder(context.env));
    return withState(context, state, async (records) => {
      // The whole id: the beginning of one is too little for what cannot be taken back.
      const { run, epochs, metrics } = readRun(records, records.runs.get(id).id);
      const models: KeptModels = { records, inSettings: settings.defaultModel === null ? [] : [settings.defaultModel] };
      const { bytes } = (await footprintOf(state, [run.id], models)).own;
      const has = `${counted(epochs.length, 'epoch')}, ${counted(metrics.length, 'figure')} and ${bytes} bytes of files`;
      if (!yes) {
        throw new HilumError('usage/bad-option', {
          what: `run ${run.id} has ${has}; there is no way back, so --yes is needed to delete it`,
        });
      }
      await purgeRuns(state, [run.id], models);
      printResult(
        context,
        { deleted: run.id, freed_bytes: bytes },
        `Run ${run.id} deleted: ${has}; ${bytes} bytes freed.`,
      );
      return 0;
    });
  },
});

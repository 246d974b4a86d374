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
import { locateWorkspace, openWorkspace } from '../../workspace/open.ts';
import { userDataFolder } from '../../workspace/user-folders.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withState } from '../state.ts';

export const runsDelete = defineCommand({
  name: 'runs delete',
  summary: 'removes a run with its checkpoints and its stored model; the one in the artifacts folder stays',
  options: z.object({
    ...workspaceOption,
    id: z.string().min(1),
    yes: z.boolean().default(false),
    dryRun: z.boolean().default(false),
  }),
  configure(command) {
    command
      .argument('<id>', 'id of the run, whole')
      .option('--dry-run', 'only say what would go and what would stay')
      .option('--yes', 'needed: there is no way back');
    addWorkspaceOption(command);
  },
  async run({ workspace, id, yes, dryRun }, context) {
    const root = await locateWorkspace(context.cwd, workspace);
    const state = join(root, workspaceNames.state);
    const { value: settings } = await openSettings(userDataFolder(context.env));
    // Without a readable configuration nobody knows where the artifacts are: what caches hold then stays.
    const folders = await openWorkspace(root).then(
      ({ paths }) => paths,
      () => undefined,
    );
    return withState(context, state, async (records) => {
      // The whole id: the beginning of one is too little for what cannot be taken back.
      const { run, epochs, metrics } = readRun(records, records.runs.get(id).id);
      const inSettings = settings.defaultModel === null ? [] : [settings.defaultModel];
      const models: KeptModels = { records, inSettings, folders };
      const { own, shared } = await footprintOf(state, [run.id], models);
      const { bytes } = own;
      const has = `${counted(epochs.length, 'epoch')}, ${counted(metrics.length, 'figure')} and ${bytes} bytes of files`;
      if (dryRun) {
        const stays =
          shared.files === 0
            ? ''
            : ` ${counted(shared.files, 'file')} (${shared.bytes} bytes) would stay: others need them.`;
        const value = { run: run.id, files: own.files, bytes, shared_files: shared.files, shared_bytes: shared.bytes };
        printResult(context, value, `Run ${run.id} has ${has}, which would go.${stays} Nothing was deleted.`);
        return 0;
      }
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

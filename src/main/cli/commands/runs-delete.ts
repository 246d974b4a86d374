import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskError } from '../../../pipeline/disk/atomic.ts';
import { errnoOf, HilumError } from '../../../pipeline/domain/errors.ts';
import { readRun } from '../../studies/run-record.ts';
import { counted } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withState } from '../state.ts';

export const runsDelete = defineCommand({
  name: 'runs delete',
  summary: 'removes a run from the records, with its checkpoints; the sealed model in the artifacts folder stays',
  options: z.object({ ...workspaceOption, id: z.string().min(1), yes: z.boolean().default(false) }),
  configure(command) {
    command.argument('<id>', 'id of the run, whole').option('--yes', 'needed: there is no way back');
    addWorkspaceOption(command);
  },
  async run({ workspace, id, yes }, context) {
    const state = join(await locateWorkspace(context.cwd, workspace), workspaceNames.state);
    return withState(context, state, async (records) => {
      // The whole id: the beginning of one is too little for what cannot be taken back.
      const { run, epochs, metrics } = readRun(records, records.runs.get(id).id);
      // Records that came from elsewhere must not lead out of the folder.
      if (!/^[\w-]+$/.test(run.id)) throw new HilumError('records/corrupt', { what: 'the id of a run' });
      const folder = join(state, 'runs', run.id);
      const bytes = await bytesOf(folder);
      const has = `${counted(epochs.length, 'epoch')}, ${counted(metrics.length, 'figure')} and ${bytes} bytes of checkpoints`;
      if (!yes) {
        throw new HilumError('usage/bad-option', {
          what: `run ${run.id} has ${has}; there is no way back, so --yes is needed to delete it`,
        });
      }
      // Files first: when this is cut short the run is still listed, and deleting it again goes on.
      await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
        throw diskError(error, folder);
      });
      records.runs.delete(run.id);
      printResult(
        context,
        { deleted: run.id, freed_bytes: bytes },
        `Run ${run.id} deleted: ${has}; ${bytes} bytes freed.`,
      );
      return 0;
    });
  },
});

/** Bytes of all files below a folder; 0 when it is not there. Links are not followed. */
async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return [];
    throw diskError(error, folder);
  });
  for (const entry of entries) {
    if (entry.isFile()) bytes += (await lstat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

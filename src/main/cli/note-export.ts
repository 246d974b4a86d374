import { join } from 'node:path';
import { hasCode } from '../../pipeline/domain/errors.ts';
import type { ExportReport } from '../../pipeline/domain/export-model.ts';
import { workspaceNames } from '../workspace/names.ts';
import { findWorkspace, locateWorkspace } from '../workspace/open.ts';
import type { CliContext } from './context.ts';
import { withState } from './state.ts';

/** An export in the audit trail of the workspace, where there is one; one in use by another program is told. */
export async function noteExport(
  context: CliContext,
  workspace: string | undefined,
  { seal, format }: ExportReport,
): Promise<void> {
  const root =
    workspace === undefined ? await findWorkspace(context.cwd) : await locateWorkspace(context.cwd, workspace);
  if (root === undefined) return;
  try {
    await withState(context, join(root, workspaceNames.state), async ({ audit }) =>
      audit.add('export', seal, { format }),
    );
  } catch (error) {
    if (!hasCode(error, 'workspace/busy')) throw error;
    context.say('The workspace is in use by another program, so its audit trail does not hold this export.');
  }
}

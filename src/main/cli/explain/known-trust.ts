import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { Trust } from '../../../pipeline/domain/trust.ts';
import { recordedTrust, recordTrust } from '../../models/trust.ts';
import { workspaceNames } from '../../workspace/names.ts';
import type { CliContext } from '../context.ts';
import { withState } from '../state.ts';
import { withRecords } from '../study.ts';

/** What the workspace's records know of a model's heat maps; null without a workspace, or when it was never tested there. */
export async function knownTrust(context: CliContext, root: string | undefined, seal: string): Promise<Trust | null> {
  if (root === undefined || !existsSync(join(root, workspaceNames.state, 'hilum.db'))) return null;
  return withRecords(context, root, (records) => recordedTrust(records, seal));
}

/** Records a trust test where there is a workspace; one in use by another program is left alone, and that is said. */
export async function keepTrust(
  context: CliContext,
  root: string | undefined,
  seal: string,
  trust: Trust,
): Promise<void> {
  if (root === undefined) return;
  try {
    await withState(context, join(root, workspaceNames.state), async (records) => recordTrust(records, seal, trust));
  } catch (error) {
    if (!hasCode(error, 'workspace/busy')) throw error;
    context.say('The workspace is in use, so the trust test was not recorded. It will be made again next time.');
  }
}

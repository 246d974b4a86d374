import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import type { AppState } from '../ipc/contract.ts';
import type { Surface } from '../ipc/core.ts';
import { version } from '../workspace/version.ts';
import { defaultModelOf } from './models.ts';
import type { Session } from './session.ts';
import { currentWorkspace } from './workspaces.ts';

/** What the page asks first. */
export async function appState(session: Session): Promise<AppState> {
  const { surface, settings } = session;
  return {
    version,
    transport: surface.transport,
    workspace: currentWorkspace(session),
    firstRun: !settings.value.noticeAccepted && nothingWasDone(session),
    defaultModel: await defaultModelOf(session),
    canPickFolders: surface.pickFolder !== undefined,
    canUpload: surface.uploads !== undefined,
    canSwitchWorkspace: surface.canSwitchWorkspace,
    login: loginOf(surface),
  };
}

function nothingWasDone({ study }: Session): boolean {
  const { records, workspace } = study;
  const wasIngested = existsSync(join(workspace.paths.artifacts, artifactNames.manifest));
  return !wasIngested && records.batches.list().length === 0 && records.runs.list({ limit: 1 }).length === 0;
}

/** Who sits before a browser is not who runs the server. */
function loginOf({ transport }: Surface): string {
  if (transport === 'browser') return '';
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's table.
    return '';
  }
}

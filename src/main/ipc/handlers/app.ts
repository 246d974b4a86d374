import { HilumError } from '../../../pipeline/domain/errors.ts';
import { appState } from '../../session/app-state.ts';
import { readLicences } from '../../session/licences.ts';
import { listFolder, listRoots } from '../../session/list-folder.ts';
import type { Session } from '../../session/session.ts';
import { createWorkspaceAt, forgetRecent, openWorkspaceAt, recentWorkspaces } from '../../session/workspaces.ts';
import type { Handlers, Uploads } from '../core.ts';

type AppHandlers = Pick<
  Handlers,
  | 'app/state'
  | 'app/accept-notice'
  | 'app/theme'
  | 'app/licences'
  | 'workspace/recent'
  | 'workspace/open'
  | 'workspace/create'
  | 'workspace/forget-recent'
  | 'folders/pick'
  | 'folders/list'
  | 'uploads/begin'
  | 'uploads/finish'
>;

export function appHandlers(session: Session): AppHandlers {
  const { surface, settings } = session;
  return {
    'app/state': () => appState(session),
    'app/accept-notice': async () => {
      await settings.change({ noticeAccepted: true });
      return {};
    },
    'app/theme': ({ theme }) => {
      surface.setTheme(theme);
      return {};
    },
    'app/licences': readLicences,
    'workspace/recent': async () => ({ workspaces: await recentWorkspaces(session) }),
    'workspace/open': async ({ path }) => ({ workspace: await openWorkspaceAt(session, path) }),
    'workspace/create': async ({ path, description }) => ({
      workspace: await createWorkspaceAt(session, path, description),
    }),
    'workspace/forget-recent': async () => {
      await forgetRecent(session);
      return {};
    },
    'folders/pick': async ({ purpose }) => {
      if (surface.pickFolder === undefined) throw new HilumError('access/refused');
      return { path: await surface.pickFolder(purpose) };
    },
    'folders/list': ({ path }) => (path === null ? listRoots(surface.access) : listFolder(surface.access, path)),
    'uploads/begin': async (_input, caller) => ({ upload: await uploadsOf(session).begin(caller) }),
    'uploads/finish': ({ upload }, caller) => uploadsOf(session).finish(upload, caller),
  };
}

function uploadsOf({ surface }: Session): Uploads {
  if (surface.uploads === undefined) throw new HilumError('access/refused');
  return surface.uploads;
}

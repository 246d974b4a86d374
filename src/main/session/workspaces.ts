import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { HilumError, hasCode } from '../../pipeline/domain/errors.ts';
import type { Output } from '../ipc/contract.ts';
import type { Access } from '../ipc/core.ts';
import { initWorkspace } from '../workspace/init.ts';
import { listFiles } from '../workspace/list-files.ts';
import { isWorkspace } from '../workspace/open.ts';
import { defaultWorkspace, readyDefaultWorkspace } from './default-workspace.ts';
import { looksReadable } from './readable-names.ts';
import type { Session } from './session.ts';

type WorkspaceFacts = Output<'workspace/open'>['workspace'];

const mostRecent = 10;

export function currentWorkspace(session: Session): WorkspaceFacts {
  return factsOf(session, session.study.workspace.paths.root);
}

/** Workspaces that can be opened from here: the open one, those of before that are still there, and the default one. */
export async function recentWorkspaces(session: Session): Promise<WorkspaceFacts[]> {
  const current = currentWorkspace(session);
  if (!session.surface.canSwitchWorkspace) return [current];
  const own = defaultWorkspace(session.env);
  const earlier = [];
  for (const root of session.settings.value.recentWorkspaces) {
    if (root !== own && (await isWorkspace(root)) && (await mayOpen(session, root))) earlier.push(root);
  }
  const roots = new Set([current.root, ...earlier, own]);
  return [...roots].map((root) => factsOf(session, root));
}

/**
 * Opens another workspace and puts it on the list of recent ones.
 * @throws HilumError `access/…`, `workspace/missing`, `workspace/jobs-running`, as `openStudy`
 */
export async function openWorkspaceAt(session: Session, path: string): Promise<WorkspaceFacts> {
  requireSwitch(session);
  const root = await rootToOpen(session, path);
  if (!(await isWorkspace(root))) throw new HilumError('workspace/missing', { path: basename(root) });
  return switchTo(session, root);
}

/**
 * Makes a workspace in a folder that is empty, holds images only or is not there yet, and opens it.
 * @throws HilumError `access/…`, `config/exists`, `workspace/not-empty`, `workspace/jobs-running`, `config/not-writable`
 */
export async function createWorkspaceAt(
  session: Session,
  path: string,
  description: string | undefined,
): Promise<WorkspaceFacts> {
  requireSwitch(session);
  if (session.jobs.busyWith().length > 0) throw new HilumError('workspace/jobs-running');
  const root = await placeFor(session.surface.access, path);
  if (await isWorkspace(root)) throw new HilumError('config/exists', { path: basename(root) });
  await requireEmptyOrImages(root);
  await initWorkspace(root, { description });
  return switchTo(session, root);
}

export async function forgetRecent(session: Session): Promise<void> {
  requireSwitch(session);
  await session.settings.change({ recentWorkspaces: [] });
}

function requireSwitch({ surface }: Session): void {
  if (!surface.canSwitchWorkspace) throw new HilumError('access/refused');
}

/** The one that is left is remembered too: it may have been named at the start, and stand on no list yet. */
async function switchTo(session: Session, root: string): Promise<WorkspaceFacts> {
  const before = session.study.workspace.paths.root;
  await session.switchWorkspace(root);
  const newestFirst = new Set([root, before, ...session.settings.value.recentWorkspaces]);
  await session.settings.change({ recentWorkspaces: [...newestFirst].slice(0, mostRecent) });
  return currentWorkspace(session);
}

function factsOf({ env }: Session, root: string): WorkspaceFacts {
  const isDefault = root === defaultWorkspace(env);
  return { root, name: isDefault ? 'My workspace' : basename(root), isDefault };
}

async function rootToOpen(session: Session, path: string): Promise<string> {
  if (path === defaultWorkspace(session.env)) return readyDefaultWorkspace(session.env);
  if (isFromBefore(session, path)) return realpath(path).catch(() => path);
  return session.surface.access.require(path);
}

async function mayOpen(session: Session, root: string): Promise<boolean> {
  if (isFromBefore(session, root)) return true;
  return session.surface.access.require(root).then(
    () => true,
    () => false,
  );
}

/** In the app the list of recent ones is the user's own choice of earlier days; a browser's rights end at the roots. */
function isFromBefore({ surface, settings }: Session, path: string): boolean {
  return surface.transport === 'app' && settings.value.recentWorkspaces.includes(path);
}

/** The folder itself, or the new one in a folder that may be named. */
async function placeFor(access: Access, path: string): Promise<string> {
  try {
    return await access.require(path);
  } catch (error) {
    if (!hasCode(error, 'source/missing')) throw error;
    const place = resolve(path);
    return join(await access.require(dirname(place)), basename(place));
  }
}

async function requireEmptyOrImages(root: string): Promise<void> {
  try {
    for await (const { file, refused } of listFiles(root)) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (refused !== undefined || !looksReadable(name)) throw new HilumError('workspace/not-empty');
    }
  } catch (error) {
    if (!hasCode(error, 'source/missing')) throw error;
  }
}

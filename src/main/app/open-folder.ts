import type { Access } from '../ipc/core.ts';
import { folderOf } from './arguments.ts';
import type { DialogPort, WindowPort } from './electron-port.ts';
import type { PagePushes } from './page-pushes.ts';
import type { RecentFolders } from './recent.ts';

export interface OpenFolderParts {
  readonly access: Access;
  readonly recent: RecentFolders;
  readonly pushes: PagePushes;
  readonly dialog: Pick<DialogPort, 'showMessageBox'>;
  readonly window: WindowPort;
}

/** Opens what the user named outside the page: it may be read from now on, and the page is asked to show it. */
export async function openFolder(
  { access, recent, pushes, dialog, window }: OpenFolderParts,
  path: string,
): Promise<void> {
  const folder = await folderOf(path);
  if (folder === undefined) {
    await dialog.showMessageBox(window, {
      type: 'info',
      title: 'Hilum',
      message: 'This folder is not there right now.',
      detail: 'Connect its drive and try again, or clear the list of recent folders.',
    });
    return;
  }
  access.grant(folder);
  recent.add(folder);
  pushes.command('open-folder', folder);
}

/** Grants what was dropped on the page. @returns what is there */
export async function grantDropped(
  { access, recent }: Pick<OpenFolderParts, 'access' | 'recent'>,
  paths: readonly string[],
): Promise<readonly string[]> {
  const there: string[] = [];
  for (const path of paths) {
    const folder = await folderOf(path);
    if (folder === undefined) continue;
    access.grant(path);
    there.push(path);
    if (folder === path) recent.add(path);
  }
  return there;
}

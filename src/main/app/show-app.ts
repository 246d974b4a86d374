import { randomUUID } from 'node:crypto';
import { notice } from '../../pipeline/domain/outcome.ts';
import type { Core, Surface } from '../ipc/core.ts';
import { forkUtilityWorker } from '../jobs/ports/utility-process.ts';
import { startWorker } from '../jobs/supervisor.ts';
import type { OpenWorker } from '../jobs/work-context.ts';
import { openAccess } from '../page/access.ts';
import { bringToFront, openWindow } from '../window.ts';
import type { GivenPaths } from './arguments.ts';
import { guardClosing } from './closing.ts';
import { createDialogs } from './dialogs.ts';
import type { ElectronPort, WindowPort } from './electron-port.ts';
import type { Fail, Host } from './faults.ts';
import { showMenus } from './menu.ts';
import { grantDropped, type OpenFolderParts, openFolder } from './open-folder.ts';
import { answerPage } from './page-calls.ts';
import { reloadAfterCrash } from './page-crash.ts';
import { pagePushes } from './page-pushes.ts';
import { keepAwake } from './power.ts';
import { pageAddress } from './protocol.ts';
import { recentFolders } from './recent.ts';
import { openSettings, type SettingsStore } from './settings.ts';
import { appSurface } from './surface.ts';
import { showOnTaskbar } from './taskbar.ts';
import { type WindowTheme, windowTheme } from './theme.ts';

export interface CoreSurroundings {
  readonly surface: Surface;
  /** Starts a worker process through Electron: there is no other Node to start it with. */
  readonly openWorker: OpenWorker;
}

/** Opens records, workspace and jobs. Loads them only when it is called: a second start opens no file. */
export type OpenCore = (surroundings: CoreSurroundings) => Promise<Core>;

/** Absolute paths of the other built parts. */
export interface AppFiles {
  readonly preload: string;
  /** Folder of the page. */
  readonly page: string;
  readonly worker: string;
}

export interface AppParts {
  readonly electron: ElectronPort;
  readonly host: Host;
  readonly files: AppFiles;
  readonly version: string;
  readonly openCore: OpenCore;
  readonly userData: string;
  readonly given: GivenPaths;
  readonly fail: Fail;
}

/** Opens the window and the core side by side, and ties them together. */
export async function showApp(parts: AppParts): Promise<void> {
  const { electron, fail } = parts;
  const settings = await openSettings(parts.userData);
  const theme = windowTheme(electron.nativeTheme, settings);
  const window = openWindow(electron, {
    preload: parts.files.preload,
    isPackaged: electron.app.isPackaged,
    background: theme.background(),
  });
  theme.follow(window);
  const folders = await foldersOf(parts, settings, window);
  const core = openCoreFor(parts, folders, theme);
  core.catch(fail);
  tieToPage(parts, core, folders);
  tieToSystem(parts, core, folders, { settings, theme });
  await window.loadURL(pageAddress);
}

async function foldersOf(
  { electron }: AppParts,
  settings: SettingsStore,
  window: WindowPort,
): Promise<OpenFolderParts> {
  return {
    // Nothing may be named but what the user chose, dropped, or gave at the start.
    access: await openAccess([]),
    recent: recentFolders(settings, electron.app),
    pushes: pagePushes(window.webContents),
    dialog: electron.dialog,
    window,
  };
}

function openCoreFor(
  { electron, files, openCore }: AppParts,
  folders: OpenFolderParts,
  theme: WindowTheme,
): Promise<Core> {
  const dialogs = createDialogs(electron.dialog, folders.window);
  return openCore({
    surface: appSurface({ access: folders.access, recent: folders.recent, dialogs, theme }),
    openWorker: ({ heapMb }) =>
      startWorker(() => forkUtilityWorker(electron.utilityProcess, { script: files.worker, heapMb })),
  });
}

function tieToPage({ electron, fail, given }: AppParts, core: Promise<Core>, folders: OpenFolderParts): void {
  const { window, pushes } = folders;
  answerPage({
    electron,
    contents: window.webContents,
    caller: { id: randomUUID() },
    core,
    dropped: (paths) => grantDropped(folders, paths),
  });
  reloadAfterCrash(window.webContents, () => fail(new Error('the page dies each time')));
  given.onGiven((paths, at) => {
    // At the start the window comes by itself, when the page has drawn.
    if (at === 'later') bringToFront(window);
    for (const path of paths) openFolder(folders, path).catch(fail);
  });
  void core.then((opened) => opened.onPush(pushes.push), fail);
}

function tieToSystem(
  { electron, host, version, fail }: AppParts,
  core: Promise<Core>,
  folders: OpenFolderParts,
  { settings, theme }: { readonly settings: SettingsStore; readonly theme: WindowTheme },
): void {
  const { app, dialog, Menu, Notification, powerSaveBlocker } = electron;
  const { window, recent, pushes } = folders;
  app.setAboutPanelOptions({
    applicationName: 'Hilum',
    applicationVersion: version,
    copyright: notice,
    credits: notice,
  });
  app.on('activate', () => bringToFront(window));
  showMenus(Menu, {
    platform: host.platform,
    isPackaged: app.isPackaged,
    home: host.home,
    recent,
    theme,
    command: (command) => pushes.command(command),
    openRecent: (folder) => void openFolder(folders, folder).catch(fail),
  });
  guardClosing({ window, dialog, core, quit: () => void settings.settled().then(() => app.quit()) });
  void core.then((opened) => {
    opened.onPush(showOnTaskbar(window, Notification, () => bringToFront(window)));
    opened.onPush(keepAwake(powerSaveBlocker));
  }, fail);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { diskError } from '../../pipeline/disk/atomic.ts';
import { readPageFiles } from '../page/page-files.ts';
import { userDataFolder } from '../workspace/user-folders.ts';
import { collectGiven, type GivenPaths, pathsGiven, type StartData } from './arguments.ts';
import type { ElectronPort } from './electron-port.ts';
import { createFail, type Fail, failOnFaults, type Host } from './faults.ts';
import { pageHandler, pageScheme } from './protocol.ts';
import { closeSession, denyOutside } from './security.ts';
import { type AppFiles, type OpenCore, showApp } from './show-app.ts';

export interface BootOptions {
  readonly electron: ElectronPort;
  readonly host: Host;
  readonly files: AppFiles;
  readonly version: string;
  readonly openCore: OpenCore;
}

/** Exit code of a start that finds the program running already (DESIGN section 4). */
const exitBusy = 75;

/**
 * Starts the app. The order of the steps is that of FAULTS section 3, each number a line of it. Line 4 is the absence of a
 * crash reporter: memory with pixels and names in it is never written to the disk.
 */
export async function boot(options: BootOptions): Promise<void> {
  const { electron, host } = options;
  const { app } = electron;
  const fail = createFail(app, electron.dialog);
  failOnFaults(host, fail);
  try {
    const userData = takeUserData(app, host); // 1
    const paths = pathsGiven(host.argv, host.cwd(), app.isPackaged);
    // 2: no other file is opened before this. The first instance opens what this one was given.
    if (!app.requestSingleInstanceLock({ paths } satisfies StartData)) {
      host.stderr.write('Hilum is running already. Its window was brought to the front.\n');
      app.exit(exitBusy);
      return;
    }
    app.enableSandbox(); // 3
    electron.protocol.registerSchemesAsPrivileged([pageScheme]); // 5
    const given = collectGiven(app, paths);
    await app.whenReady();
    await afterReady(options, { userData, given, fail });
  } catch (error) {
    fail(error);
  }
}

/** Records must not lie in a roaming profile: not Electron's own choice of a folder, and the same as the command line's (FAULTS E9). */
function takeUserData(app: ElectronPort['app'], { env, platform, home }: Host): string {
  const userData = userDataFolder(env, platform, home);
  try {
    mkdirSync(userData, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw diskError(error, userData);
  }
  app.setPath('userData', userData);
  app.setPath('sessionData', join(userData, 'session'));
  return userData;
}

async function afterReady(
  { electron, host, files, version, openCore }: BootOptions,
  started: { readonly userData: string; readonly given: GivenPaths; readonly fail: Fail },
): Promise<void> {
  const { defaultSession } = electron.session;
  defaultSession.protocol.handle('app', pageHandler(await readPageFiles(files.page))); // 6
  closeSession(defaultSession); // 7, 8
  denyOutside(electron.app); // 9, 10
  await showApp({ electron, host, files, version, openCore, ...started });
}

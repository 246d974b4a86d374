import { join } from 'node:path';
import type { Surface } from '../ipc/core.ts';
import { openAccess } from '../page/access.ts';
import { type Downloads, openDownloads } from './downloads.ts';
import { openUploads, type UploadStore } from './uploads.ts';

export interface BrowserSurface {
  readonly surface: Surface;
  readonly uploads: UploadStore;
  readonly downloads: Downloads;
}

export interface BrowserSurfaceOptions {
  /** Folders that pages may list and name. */
  readonly roots: readonly string[];
  /** Where uploads and downloads lie for a while. */
  readonly stateFolder: string;
  /** False where the operator named the workspace. */
  readonly canSwitchWorkspace: boolean;
}

/** What surrounds the core when pages reach it through a browser: no dialogs; files come and go through the server. */
export async function browserSurface(options: BrowserSurfaceOptions): Promise<BrowserSurface> {
  const uploadsFolder = join(options.stateFolder, 'uploads');
  const uploads = await openUploads(uploadsFolder);
  const downloads = await openDownloads(join(options.stateFolder, 'downloads'));
  const access = await openAccess(options.roots, [uploadsFolder]);
  const surface: Surface = {
    transport: 'browser',
    access,
    canSwitchWorkspace: options.canSwitchWorkspace,
    deliver: downloads.deliver,
    // A page draws its own colours; there is no frame around it.
    setTheme: () => undefined,
    uploads,
  };
  return { surface, uploads, downloads };
}

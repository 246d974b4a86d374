import { basename, join } from 'node:path';
import type { OpenDialogOptions } from 'electron';
import type { FolderPurpose } from '../ipc/core.ts';
import type { BaseWindowPort, DialogPort } from './electron-port.ts';

/** Questions of the system's own kind, above the window. */
export interface Dialogs {
  /** null when it was closed without a choice. */
  pickFolder(purpose: FolderPurpose): Promise<string | null>;
  /** Where a file of that name is to be saved; null when it was closed without a choice. */
  pickPlace(name: string): Promise<string | null>;
}

const pickers: Readonly<
  Record<FolderPurpose, Pick<OpenDialogOptions, 'title' | 'buttonLabel' | 'properties' | 'filters'>>
> = {
  scans: { title: 'Choose a folder of scans', buttonLabel: 'Open', properties: ['openDirectory'] },
  dataset: { title: 'Choose the folder of the dataset', buttonLabel: 'Choose', properties: ['openDirectory'] },
  model: { title: 'Choose the folder of a sealed model', buttonLabel: 'Choose', properties: ['openDirectory'] },
  workspace: {
    title: 'Choose the folder of a workspace',
    buttonLabel: 'Choose',
    properties: ['openDirectory', 'createDirectory'],
  },
  bundle: {
    title: 'Choose a run bundle',
    buttonLabel: 'Import',
    properties: ['openFile'],
    filters: [{ name: 'Run bundle', extensions: ['zip'] }],
  },
};

export function createDialogs(dialog: DialogPort, window: BaseWindowPort): Dialogs {
  /** Where a file was saved last; before the first one the system proposes a place. */
  let lastFolder: string | undefined;
  return {
    pickFolder: async (purpose) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, pickers[purpose]);
      return canceled ? null : (filePaths[0] ?? null);
    },
    pickPlace: async (name) => {
      const proposal = fileName(name);
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Save',
        defaultPath: lastFolder === undefined ? proposal : join(lastFolder, proposal),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return null;
      lastFolder = join(filePath, '..');
      return filePath;
    },
  };
}

/** A name that every system takes; no way to another folder. */
function fileName(proposal: string): string {
  const plain = basename(proposal.replaceAll('\\', '/'))
    .replace(/[^\p{L}\p{N} ._()+-]/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, 80);
  return plain === '' ? 'hilum' : plain;
}

import { isLitter } from '../../../pipeline/domain/litter.ts';
import type { UploadFile } from '../../api.ts';

/** Everything below what was dropped, folders read through, with paths as they lay there. */
export async function filesOf(items: DataTransferItemList): Promise<UploadFile[]> {
  // The list is emptied as soon as the event has ended: its entries are taken first.
  const dropped = [...items].map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: UploadFile[] = [];
  for (const { entry, file } of dropped) {
    if (entry !== null) await walk(entry, files);
    else if (file !== null) files.push({ path: file.name, file });
  }
  return files.filter(({ path }) => !isLitter(path));
}

async function walk(entry: FileSystemEntry, files: UploadFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) {
    files.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
  } else if (isFolder(entry)) {
    for (const inner of await childrenOf(entry)) await walk(inner, files);
  }
}

// The classes of these entries are no names that a page can use in Chromium; their flags tell.
function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A reader gives at most 100 entries a time, and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

/** Files that a file dialog gave; a chosen folder names their paths. */
export function filesOfInput(list: FileList): UploadFile[] {
  const files = [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  return files.filter(({ path }) => !isLitter(path));
}

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson, sha256, sha256File } from '../../../pipeline/disk/hash.ts';
import { sealedFiles, sealFile } from '../../../pipeline/domain/sealed-model.ts';
import type { SentArtefacts } from '../../../pipeline/domain/tracking.ts';
import { modelStore } from '../../models/store.ts';
import { keptNames } from '../../studies/kept.ts';
import { keptFolderOf } from '../../studies/kept-files.ts';
import type { RunRecord } from '../../studies/run-record.ts';
import type { Workspace } from '../../workspace/open.ts';

/** A file to be sent. */
export interface OutgoingFile {
  /** Below the run's artefacts. */
  readonly path: string;
  readonly file: string;
  readonly sha256: string;
}

/** Folder of the sealed model below the run's artefacts; versions of the registry point at it. */
export const modelFolder = 'model';

/** Known to hold no name of a file or patient. Everything else may: training.json and the tables name groups and files. */
const nameless = (path: string): boolean => {
  const name = basename(path);
  return name === 'metrics.json' || name === 'report.html' || name.endsWith('.svg');
};

/**
 * The files of a run that may be sent: what is kept of it, its sealed model, and what it left in the artifacts folder as long
 * as that is still of this run.
 */
export async function outgoingFiles(
  { paths }: Workspace,
  { run, artefacts }: RunRecord,
  seal: string | null,
  choice: SentArtefacts,
): Promise<OutgoingFile[]> {
  if (choice === 'none') return [];
  const mayGo = (path: string): boolean => choice === 'all' || nameless(path);
  const kept = keptFolderOf(paths.state, run.id);
  const found = new Map<string, OutgoingFile>();
  for (const { path, sha256: recorded } of artefacts) {
    if (path.split('/').includes('..') || !mayGo(path) || isOfModel(path)) continue;
    const file = join(paths.root, path);
    if ((await hashOf(file)) === recorded) found.set(basename(path), { path: basename(path), file, sha256: recorded });
  }
  for (const name of Object.values(keptNames)) {
    const file = join(kept, name);
    const hash = mayGo(name) ? await hashOf(file) : undefined;
    if (hash !== undefined) found.set(name, { path: name, file, sha256: hash });
  }
  const model = seal === null ? [] : await modelFiles(join(modelStore(paths.state), seal));
  return [...found.values(), ...model];
}

/** Changes when other files than before may have to be sent: hashing every file of every run would take minutes. */
export function filesKey({ run, artefacts, metrics }: RunRecord, seal: string | null, choice: SentArtefacts): string {
  return sha256(canonicalJson([choice, seal, run.outcome, artefacts, metrics]));
}

/** The model is sent from the store: the artifacts folder holds the newest one only. */
function isOfModel(path: string): boolean {
  return path.split('/').at(-2) === modelFolder;
}

async function modelFiles(folder: string): Promise<OutgoingFile[]> {
  const names = await readdir(folder).catch(() => []);
  const known: readonly string[] = [...sealedFiles, sealFile, 'signature.json'];
  const files = [];
  for (const name of names.filter((each) => known.includes(each)).sort()) {
    const file = join(folder, name);
    const hash = await hashOf(file);
    if (hash !== undefined) files.push({ path: `${modelFolder}/${name}`, file, sha256: hash });
  }
  return files;
}

async function hashOf(file: string): Promise<string | undefined> {
  return sha256File(file).catch(() => undefined);
}

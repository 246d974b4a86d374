import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256File } from '../../../pipeline/disk/hash.ts';
import { errnoOf, HilumError, hasCode } from '../../../pipeline/domain/errors.ts';
import { byCodePoint } from '../../../pipeline/domain/names.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import { sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { signatureFile } from '../../../pipeline/domain/signature.ts';
import { checkSealedFolder } from '../../models/sealed-folder.ts';
import { modelFolderOf } from '../../models/store.ts';
import type { Records } from '../../records/index.ts';
import { keptNames } from '../../studies/kept.ts';
import { keptFolderOf, readKeptSeal } from '../../studies/kept-files.ts';
import { readRecord } from '../../studies/run-record.ts';
import { version } from '../../workspace/version.ts';
import { writeZip, type ZipEntry } from '../zip-writer.ts';
import {
  type Bundle,
  type BundleEntry,
  bundleFile,
  bundleVersion,
  modelEntry,
  type Naming,
  type RunFile,
  recordFile,
  rootOf,
  runEntry,
  runFiles,
} from './format.ts';
import { openReplacer, type Replacer } from './names.ts';
import { bundledRecord } from './record.ts';

export interface BundleContents {
  /** Ids of runs. */
  readonly runs: readonly string[];
  readonly withModels: boolean;
  readonly withPredictions: boolean;
  readonly names: Naming;
}

interface Place {
  readonly records: Records;
  /** `.hilum` of the workspace. */
  readonly state: string;
}

/**
 * Writes runs as one zip that another Hilum takes in.
 * @param now ISO 8601, UTC; not part of the root hash
 * @throws HilumError `run/unknown`, `run/running`, `model/…` for a stored model that is not whole, `disk/…`; no file is left then
 */
export async function writeBundle(place: Place, path: string, contents: BundleContents, now: string): Promise<Bundle> {
  const aside = join(place.state, 'tmp', `bundle-${randomUUID()}`);
  try {
    await mkdir(aside, { recursive: true });
    const files = await collect(place, aside, contents);
    const entries: BundleEntry[] = [];
    for (const { path: name, from } of files) {
      entries.push({ path: name, sha256: await sha256File(from), bytes: (await stat(from)).size });
    }
    const root = rootOf(contents.names, entries);
    const head = { format: 'hilum-run-bundle', version: bundleVersion, root, names: contents.names } as const;
    const bundle: Bundle = { ...head, entries, program: version, made_at: now, notice };
    const described: ZipEntry = { path: bundleFile, from: Buffer.from(`${JSON.stringify(bundle, null, 2)}\n`) };
    await writeZip(path, [described, ...files], now);
    return bundle;
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

interface FileOnDisk {
  readonly path: string;
  /** Absolute path. */
  readonly from: string;
}

/** Every file of the bundle, in the order of its path. */
async function collect(place: Place, aside: string, contents: BundleContents): Promise<FileOnDisk[]> {
  const replacer = contents.names === 'kept' ? undefined : await openReplacer(place.state);
  const files: FileOnDisk[] = [];
  const seals = new Set<string>();
  for (const id of new Set(contents.runs)) {
    const run = place.records.runs.get(id);
    if (run.outcome === 'running') throw new HilumError('run/running');
    const seal = await readKeptSeal(place.state, id);
    if (seal !== null) seals.add(seal);
    const record = bundledRecord(readRecord(place.records, run), seal, replacer);
    const put = async (file: string, text: string): Promise<void> => {
      const from = join(aside, id, file);
      await mkdir(dirname(from), { recursive: true });
      await writeFile(from, text);
      files.push({ path: runEntry(id, file), from });
    };
    await put(recordFile, `${JSON.stringify(record, null, 1)}\n`);
    for (const file of runFiles) {
      if (file === keptNames.predictions && !contents.withPredictions) continue;
      const text = await readIfThere(join(keptFolderOf(place.state, id), file));
      if (text !== undefined) await put(file, replaced(file, text, replacer));
    }
  }
  if (contents.withModels) for (const seal of seals) files.push(...(await modelFiles(place.state, seal)));
  return files.sort((a, b) => byCodePoint(a.path, b.path));
}

function replaced(file: RunFile, text: string, replacer: Replacer | undefined): string {
  if (replacer === undefined || file === keptNames.metrics) return text;
  return file === keptNames.predictions ? replacer.predictions(text) : replacer.training(text);
}

/** None where the model is not stored (any more). */
async function modelFiles(state: string, seal: string): Promise<FileOnDisk[]> {
  const folder = await modelFolderOf(state, seal).catch((error: unknown) => {
    if (hasCode(error, 'model/unknown')) return undefined;
    throw error;
  });
  if (folder === undefined) return [];
  const names = (await checkSealedFolder(folder)).map(({ name }) => name);
  const signed = await stat(join(folder, signatureFile)).then(
    () => [signatureFile],
    () => [],
  );
  return [...new Set([...names, sealFile, ...signed])].map((name) => ({
    path: modelEntry(seal, name),
    from: join(folder, name),
  }));
}

/** Bytes that a bundle of these runs has before it is packed, and how many of the runs have a stored model. */
export async function bundleSize(
  { records, state }: Place,
  { runs, withModels, withPredictions }: Omit<BundleContents, 'names'>,
): Promise<{ bytes: number; models: number }> {
  let bytes = 0;
  const seals = new Set<string>();
  for (const id of new Set(runs)) {
    const run = records.runs.get(id);
    bytes += JSON.stringify(readRecord(records, run)).length;
    for (const file of runFiles) {
      if (file === keptNames.predictions && !withPredictions) continue;
      bytes += await stat(join(keptFolderOf(state, id), file)).then(
        ({ size }) => size,
        () => 0,
      );
    }
    const seal = await readKeptSeal(state, id);
    if (seal !== null) seals.add(seal);
  }
  let models = 0;
  for (const seal of seals) {
    const files = await modelFiles(state, seal).catch(() => []);
    if (files.length > 0) models++;
    if (withModels) for (const { from } of files) bytes += (await stat(from)).size;
  }
  return { bytes, models };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Proposed name of the file: no name of a run in it, for it is sent on. */
export function bundleName(now: string): string {
  return `hilum-runs-${now.slice(0, 10)}.zip`;
}

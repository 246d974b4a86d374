import { z } from 'zod';
import { parseCsv } from '../../../pipeline/disk/csv.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { metricsSchema } from '../../../pipeline/domain/metrics.ts';
import { sealFile } from '../../../pipeline/domain/sealed-model.ts';
import { keptNames } from '../../studies/kept.ts';
import { type Archive, withArchive } from './archive.ts';
import {
  type Bundle,
  type BundledRecord,
  bundleFile,
  bundleHeadSchema,
  bundleSchema,
  bundleVersion,
  placeOf,
  type RunFile,
  recordFile,
  recordSchema,
  rootOf,
} from './format.ts';

/** Read into memory at once, at most. */
const mostTextBytes = 256 * 2 ** 20;

/** A run of a bundle and the names of its files besides the record. */
export interface BundledRun {
  readonly record: BundledRecord;
  readonly files: readonly RunFile[];
}

/** A bundle that was checked whole: hash tree, every byte, every record. Nothing was written. */
export interface CheckedBundle {
  readonly bundle: Bundle;
  readonly runs: readonly BundledRun[];
  /** Seal → names of its files. */
  readonly models: ReadonlyMap<string, readonly string[]>;
  /** The bytes of an entry, compared with the tree once more. @throws HilumError `bundle/damaged` when they changed meanwhile */
  bytes(path: string): Promise<Buffer>;
}

/**
 * Lends a bundle after everything in it was checked.
 * @throws HilumError `bundle/not-one`, `bundle/newer`, `bundle/damaged`, `bundle/bad-record`
 */
export function withBundle<T>(path: string, work: (checked: CheckedBundle) => Promise<T>): Promise<T> {
  return withArchive(path, async (archive) => {
    const bundle = await readHead(archive);
    requireTree(bundle, archive);
    for (const entry of bundle.entries) {
      const { sha256, bytes } = await archive.pass(entry.path);
      if (sha256 !== entry.sha256 || bytes !== entry.bytes) throw damaged('a byte in it was changed');
    }
    return work({
      bundle,
      runs: await readRuns(bundle, (name) => archive.read(name, mostTextBytes)),
      models: modelsOf(bundle),
      async bytes(name) {
        const entry = bundle.entries.find((each) => each.path === name);
        const pieces: Buffer[] = [];
        const { sha256 } = await archive.pass(name, async (piece) => void pieces.push(piece));
        if (sha256 !== entry?.sha256) throw damaged('it changed while it was read');
        return Buffer.concat(pieces);
      },
    });
  });
}

async function readHead(archive: Archive): Promise<Bundle> {
  if (!archive.names.has(bundleFile)) throw new HilumError('bundle/not-one');
  const value = jsonOf(await archive.read(bundleFile, mostTextBytes), bundleFile);
  const head = bundleHeadSchema.safeParse(value);
  if (!head.success) throw new HilumError('bundle/not-one');
  if (head.data.version > bundleVersion) {
    throw new HilumError('bundle/newer', { found: head.data.version, known: bundleVersion });
  }
  const bundle = bundleSchema.safeParse(value);
  if (!bundle.success) throw damaged(`${bundleFile}, ${bundle.error.issues[0]?.path.join('.') ?? ''}`);
  return bundle.data;
}

/** The tree names exactly the files that are there, each of them one that a bundle may have. */
function requireTree({ root, names, entries }: Bundle, archive: Archive): void {
  const listed = new Set(entries.map(({ path }) => path));
  if (listed.size !== entries.length) throw damaged('a file is listed twice');
  if (root !== rootOf(names, entries)) throw damaged('its root hash is another');
  if (entries.some(({ path }) => placeOf(path) === undefined)) throw damaged('it lists a file that no bundle has');
  if ([...listed].some((path) => !archive.names.has(path))) throw damaged('a file of it is missing');
  const surplus = [...archive.names].find((name) => name !== bundleFile && !listed.has(name));
  if (surplus !== undefined) throw damaged('it holds a file that is not listed');
}

async function readRuns(bundle: Bundle, read: (path: string) => Promise<Buffer>): Promise<BundledRun[]> {
  const found = new Map<string, { record: BundledRecord | undefined; files: RunFile[] }>();
  for (const { path } of bundle.entries) {
    const place = placeOf(path);
    if (place?.of !== 'run') continue;
    const known = found.get(place.run) ?? { record: undefined, files: [] };
    found.set(place.run, known);
    if (place.file === recordFile) known.record = recordOf(place.run, await read(path));
    else known.files.push(requireReadable(place.run, place.file, await read(path)));
  }
  return [...found].map(([run, { record, files }]) => {
    if (record === undefined) throw damaged(`run ${run} has no record`);
    return { record, files };
  });
}

function recordOf(run: string, bytes: Buffer): BundledRecord {
  const parsed = recordSchema.safeParse(jsonOf(bytes, recordFile));
  if (!parsed.success) throw badRecord(run, parsed.error);
  if (parsed.data.id !== run) throw new HilumError('bundle/bad-record', { run, what: 'it has the id of another run' });
  return parsed.data;
}

/** Text of the cells: numbers are read by whoever uses them. */
const predictionSchema = z.looseObject({ image: z.string(), scan: z.string(), group: z.string(), class: z.string() });
const trainingSchema = z.looseObject({
  trained: z.array(z.looseObject({ group: z.string(), pixel_hash: z.string() })),
});

/** Whether a kept file is one that the program can read later. @throws HilumError `bundle/bad-record` */
function requireReadable(run: string, file: RunFile, bytes: Buffer): RunFile {
  try {
    if (file === keptNames.predictions) {
      parseCsv(bytes.toString('utf8'), file, ['image', 'scan', 'group', 'class'], predictionSchema);
    } else {
      const schema: z.ZodType = file === keptNames.metrics ? metricsSchema : trainingSchema;
      schema.parse(jsonOf(bytes, file));
    }
    return file;
  } catch (error) {
    if (error instanceof z.ZodError) throw badRecord(run, error, file);
    if (error instanceof HilumError && error.code.startsWith('bundle/')) throw error;
    throw new HilumError('bundle/bad-record', { run, what: file }, { cause: error });
  }
}

function badRecord(run: string, error: z.ZodError, file: string = recordFile): HilumError {
  const place = error.issues[0]?.path.slice(0, 3).join('.') ?? '';
  return new HilumError('bundle/bad-record', { run, what: place === '' ? file : `${file}, ${place}` });
}

function modelsOf({ entries }: Bundle): ReadonlyMap<string, readonly string[]> {
  const models = new Map<string, string[]>();
  for (const { path } of entries) {
    const place = placeOf(path);
    if (place?.of === 'model') models.set(place.seal, [...(models.get(place.seal) ?? []), place.file]);
  }
  for (const files of models.values()) if (!files.includes(sealFile)) throw damaged('a model in it has no seal');
  return models;
}

function jsonOf(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new HilumError('bundle/damaged', { what: `${file} is no JSON` }, { cause: error });
  }
}

function damaged(what: string): HilumError {
  return new HilumError('bundle/damaged', { what });
}

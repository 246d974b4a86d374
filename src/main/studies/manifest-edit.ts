import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../pipeline/disk/atomic.ts';
import { csvTable, parseCsv } from '../../pipeline/disk/csv.ts';
import { sha256 } from '../../pipeline/disk/hash.ts';
import { manifestColumns } from '../../pipeline/domain/dataset.ts';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import { nearestName } from '../../pipeline/domain/names.ts';
import { artifactNames } from '../../pipeline/domain/stage-inputs.ts';
import { recordDataVersion } from './data-versions/record.ts';
import { addLabelVersion } from './label-versions.ts';
import type { Study } from './study.ts';
import { turnsOf } from './turns.ts';

/** A row of the manifest with every column that stands there. */
type Row = Readonly<Record<string, string>>;

/** Who edits, and when. */
export interface Edit {
  readonly reader: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Gives images another class of the dataset; later ingests keep it.
 * @param images names in the manifest
 * @returns images whose class really changed
 * @throws HilumError `review/bad-class` with the nearest, `call/bad-input` when an image is not in the manifest,
 * `dataset/missing`, `disk/…`; nothing is changed then
 */
export async function relabel(study: Study, images: readonly string[], name: string, edit: Edit): Promise<number> {
  const { config } = study.workspace;
  return editManifest(study, 'relabel', edit, (rows) => {
    const classes = [...new Set([...(config.classes ?? []), ...valuesOf(rows, 'class')])];
    if (!classes.includes(name)) {
      throw new HilumError('review/bad-class', { class: name, nearest: nearestName(name, classes) });
    }
    requireKnown('images', images, valuesOf(rows, 'image'));
    return withValue(rows, 'image', new Set(images), 'class', name);
  });
}

/**
 * Puts scans, with all their images, into one patient group: one that is there, or a new one.
 * @returns images whose group really changed
 * @throws HilumError `call/bad-input` for an unknown scan or a name with control characters; as `relabel`
 */
export async function regroup(study: Study, scans: readonly string[], group: string, edit: Edit): Promise<number> {
  if (/\p{Cc}/u.test(group)) throw new HilumError('call/bad-input', { what: 'group: control characters' });
  return editManifest(study, 'regroup', edit, (rows) => {
    requireKnown('scans', scans, valuesOf(rows, 'scan'));
    return withValue(rows, 'scan', new Set(scans), 'group', group);
  });
}

const auditActions = { relabel: 'dataset/relabelled', regroup: 'dataset/regrouped' } as const;

async function editManifest(
  study: Study,
  kind: keyof typeof auditActions,
  { reader, at }: Edit,
  change: (rows: readonly Row[]) => readonly Row[],
): Promise<number> {
  const { workspace, records } = study;
  const path = join(workspace.paths.artifacts, artifactNames.manifest);
  return turnsOf(path)(async () => {
    const text = await readManifestText(path);
    const rows = parseCsv(text, 'manifest.csv', manifestColumns, z.record(z.string(), z.string()));
    const changed = change(rows);
    const images = changed.filter((row, index) => row !== rows[index]).length;
    if (images === 0) return 0;
    const columns = Object.keys(rows[0] ?? {});
    const edited = csvTable(
      columns,
      changed.map((row) => columns.map((column) => row[column])),
    );
    const hashes = { before: sha256(text), after: sha256(edited) };
    await recordDataVersion(study, 'found');
    const version = await addLabelVersion(workspace.paths.state, { at, reader, kind, images, ...hashes });
    await writeFileAtomic(path, edited);
    records.audit.add(auditActions[kind], `labels-${version}`, { images });
    await recordDataVersion(study, kind);
    return images;
  });
}

async function readManifestText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    const errno = errnoOf(error) ?? 'unknown';
    if (errno !== 'ENOENT') throw new HilumError('source/unreadable', { source: 'manifest.csv', errno });
    throw new HilumError('dataset/missing', { file: artifactNames.manifest, command: 'ingest' });
  });
}

/** Rows that change are new objects, the others stay the same. */
function withValue(rows: readonly Row[], by: string, names: ReadonlySet<string>, column: string, value: string) {
  return rows.map((row) => (names.has(row[by] ?? '') && row[column] !== value ? { ...row, [column]: value } : row));
}

function valuesOf(rows: readonly Row[], column: string): Set<string> {
  return new Set(rows.map((row) => row[column] ?? ''));
}

/** The names themselves stay out of the error: they may hold a patient's. */
function requireKnown(what: string, names: readonly string[], known: ReadonlySet<string>): void {
  const unknown = names.filter((name) => !known.has(name)).length;
  if (unknown > 0) throw new HilumError('call/bad-input', { what: `${what}: ${unknown} not in the dataset` });
}

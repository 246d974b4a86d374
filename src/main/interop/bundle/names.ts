import { createHmac, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import { csvTable, parseCsv } from '../../../pipeline/disk/csv.ts';
import { errnoOf } from '../../../pipeline/domain/errors.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';

const keyFile = 'bundle-key';
const keyBytes = 32;
/** Hexadecimal digits: that two of a million images get one name is as likely as 1 : 10^12. */
const digits = 20;

/** Replaces names of files and patients by names that mean nothing; equal names stay equal. */
export interface Replacer {
  text(kind: NameKind, name: string): string;
  predictions(csv: string): string;
  training(json: string): string;
  /** Of an artefact: names that the program itself gives are left. */
  path(path: string): string;
  /** Absolute paths in parameters. */
  params(params: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

type NameKind = 'image' | 'scan' | 'group' | 'file' | 'path';

/**
 * The replacements of one workspace: by a key that never leaves it, since names alone could be guessed from their hashes.
 * @param state its `.hilum`
 */
export async function openReplacer(state: string): Promise<Replacer> {
  return replacerOf(await keyOf(join(state, keyFile)));
}

export function replacerOf(key: Uint8Array): Replacer {
  const text = (kind: NameKind, name: string): string => {
    if (name === '' || isReplaced(kind, name)) return name;
    return `${kind}-${createHmac('sha256', key).update(`${kind} ${name}`).digest('hex').slice(0, digits)}`;
  };
  return {
    text,
    predictions: (csv) => {
      const [header = ''] = csv.split(/\r?\n/, 1);
      const rows = parseCsv(csv, 'predictions.csv', ['image', 'scan', 'group'], cells);
      const columns = Object.keys(rows[0] ?? {});
      if (columns.length === 0) return `${header}\n`;
      const lines = rows.map((row) =>
        columns.map((column) =>
          column === 'image' || column === 'scan' || column === 'group'
            ? text(column, row[column] ?? '')
            : (row[column] ?? ''),
        ),
      );
      return csvTable(columns, lines);
    },
    training: (json) => {
      const record = trainingSchema.parse(JSON.parse(json));
      const trained = record.trained.map((each) => ({ ...each, group: text('group', each.group) }));
      return `${JSON.stringify({ ...record, trained })}\n`;
    },
    path: (path) => (isOwnName(path) ? path : text('file', path)),
    params: (params) => recordWith(params, (value) => (isAbsolutePath(value) ? text('path', value) : value)),
  };
}

const cells = z.record(z.string(), z.string());
/** training.json as far as names stand in it. */
const trainingSchema = z.looseObject({ trained: z.array(z.looseObject({ group: z.string() })) });

/** Done before, here or elsewhere: replacing it again would tear runs apart that were measured on the same images. */
function isReplaced(kind: NameKind, name: string): boolean {
  return new RegExp(`^${kind}-[0-9a-f]{${digits}}$`).test(name);
}

const ownNames: readonly string[] = Object.values(artifactNames);

/** `artifacts/model/weights.bin`: nothing of the user's own files is in it. */
function isOwnName(path: string): boolean {
  const [, ...rest] = path.split('/');
  const below = rest.join('/');
  return !path.startsWith('.') && ownNames.some((name) => below === name || below.startsWith(`${name}/`));
}

export function isAbsolutePath(text: string): boolean {
  return /^(\/|~|\\\\|[a-z]:[\\/]|file:)/i.test(text);
}

/** The same record with every text at any depth passed through `change`. */
export function recordWith(
  record: Readonly<Record<string, unknown>>,
  change: (text: string) => string,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, valueWith(value, change)]));
}

function valueWith(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => valueWith(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, valueWith(inner, change)]));
}

async function keyOf(path: string): Promise<Uint8Array> {
  try {
    const key = await readFile(path);
    if (key.length === keyBytes) return key;
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  const made = randomBytes(keyBytes);
  await writeFileAtomic(path, made);
  await chmod(path, 0o600);
  return made;
}

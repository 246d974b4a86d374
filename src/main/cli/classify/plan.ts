import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { isLeftoverOf } from '../../../pipeline/disk/atomic-stream.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import type { ModelIdentity } from '../../workspace/model-identity.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { chooseModel } from '../choose-model.ts';
import type { CliContext } from '../context.ts';
import { placeState } from '../state.ts';
import { parseShard, type Shard } from './shard.ts';

export const scanSources = ['metadata', 'folder'] as const;
/** Where a picture without metadata gets its scan from: nowhere, or the folder that it lies in. */
export type ScanFrom = (typeof scanSources)[number];

export interface ClassifyOptions {
  readonly folder: string;
  readonly out: string;
  readonly model?: string | undefined;
  readonly report?: string | undefined;
  readonly shard?: string | undefined;
  readonly records?: string | undefined;
  readonly workspace?: string | undefined;
  readonly reviewBelow?: number | undefined;
  readonly scanFrom?: ScanFrom | undefined;
  readonly resume: boolean;
}

/** Options with every path absolute and everything checked that can be checked before the first write. */
export interface ClassifyPlan {
  /** Real path, no links in it: the same folder has the same name in every call. */
  readonly folder: string;
  readonly out: string;
  readonly format: 'csv' | 'json';
  readonly report: string | undefined;
  readonly shard: Shard | undefined;
  readonly scanFrom: ScanFrom;
  readonly reviewBelow: number | undefined;
  readonly resume: boolean;
  readonly state: string;
  readonly model: ModelIdentity;
  /** Files of our own that may lie in the folder. */
  readonly isOurs: (path: string) => boolean;
}

/** @throws HilumError `usage/bad-option`, `source/missing`, `config/not-writable`, `batch/bad-shard`, `model/…`, `workspace/missing` */
export async function planClassify(options: ClassifyOptions, context: CliContext): Promise<ClassifyPlan> {
  const out = resolve(context.cwd, options.out);
  const report = options.report === undefined ? undefined : resolve(context.cwd, options.report);
  const format = formatOf(options.out);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  for (const path of [out, ...(report === undefined ? [] : [report])]) await requireFilePlace(path);
  const folder = await realpath(resolve(context.cwd, options.folder)).catch(() => {
    throw new HilumError('source/missing', { source: options.folder });
  });
  const records = options.records === undefined ? undefined : resolve(context.cwd, options.records);
  const { root, state } = await placeState(
    context,
    { workspace: options.workspace, records },
    `${folder}\n${options.shard ?? ''}`,
  );
  const model = await chooseModel(context, options.model, root);
  const isOurs = await ownFiles([out, ...(report === undefined ? [] : [report])], state);
  const { scanFrom = 'metadata', reviewBelow, resume } = options;
  return { folder, out, format, report, shard, scanFrom, reviewBelow, resume, state, model, isOurs };
}

function formatOf(out: string): 'csv' | 'json' {
  const extension = extname(out).toLowerCase();
  if (extension === '.csv') return 'csv';
  if (extension === '.json') return 'json';
  throw new HilumError('usage/bad-option', { what: '--out: the name must end in .csv or .json' });
}

async function requireFilePlace(path: string): Promise<void> {
  await requireWritable(dirname(path));
  const stats = await stat(path).catch(() => undefined);
  if (stats !== undefined && !stats.isFile()) {
    throw new HilumError('usage/bad-option', {
      what: `${basename(path)} is no file, so no result can be written there`,
    });
  }
}

/** Results and records may lie below the folder that is classified; they are none of its images. */
async function ownFiles(files: readonly string[], state: string): Promise<(path: string) => boolean> {
  const places = await Promise.all(
    files.map(async (path) => ({ folder: await realOr(dirname(path)), name: basename(path) })),
  );
  const stateFolder = await realOr(state);
  return (path) => {
    const name = basename(path);
    if (name === workspaceNames.state || path === stateFolder) return true;
    const isResult = (place: { folder: string; name: string }): boolean =>
      dirname(path) === place.folder && (name === place.name || isLeftoverOf(place.name, name));
    return places.some(isResult);
  };
}

/** Path without links as far as it exists. */
async function realOr(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOr(parent), basename(path));
  }
}

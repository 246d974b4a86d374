import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { ownFiles } from '../../batches/own-files.ts';
import type { BatchPlan, ScanFrom } from '../../batches/plan.ts';
import { parseShard } from '../../batches/shard.ts';
import { aliasMeant, chooseModel } from '../choose-model.ts';
import type { CliContext } from '../context.ts';
import { placeState } from '../state.ts';
import { resumedModel } from './resumed-model.ts';
import { askedOf, thresholdFor } from './threshold.ts';

export interface ClassifyOptions {
  readonly folder: string;
  readonly out: string;
  readonly model?: string | undefined;
  readonly report?: string | undefined;
  readonly shard?: string | undefined;
  readonly records?: string | undefined;
  readonly workspace?: string | undefined;
  readonly reviewBelow?: number | undefined;
  readonly coverage?: number | undefined;
  readonly accuracy?: number | undefined;
  readonly scanFrom?: ScanFrom | undefined;
  readonly resume: boolean;
}

/** Options with every path absolute and everything checked that can be checked before the first write. */
export interface ClassifyPlan extends BatchPlan {
  readonly out: string;
  readonly format: 'csv' | 'json';
  readonly report: string | undefined;
  readonly scanFrom: ScanFrom;
}

/** @throws HilumError `usage/bad-option`, `source/missing`, `config/not-writable`, `batch/bad-shard`, `model/…`, `workspace/missing` */
export async function planClassify(options: ClassifyOptions, context: CliContext): Promise<ClassifyPlan> {
  const out = resolve(context.cwd, options.out);
  const report = options.report === undefined ? undefined : resolve(context.cwd, options.report);
  const format = formatOf(options.out);
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const answering = askedOf(options);
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
  const alias = await aliasMeant(options.model, root);
  const resumed =
    alias !== undefined && root !== undefined && options.resume
      ? await resumedModel(context, { root, state, folder, shard, alias })
      : undefined;
  const model = resumed ?? (await chooseModel(context, options.model ?? alias, root));
  const isOurs = await ownFiles([out, ...(report === undefined ? [] : [report])], state);
  const { scanFrom = 'metadata', resume } = options;
  const reviewBelow = answering === undefined ? options.reviewBelow : await thresholdFor(answering, model, context);
  return { folder, out, format, report, shard, scanFrom, reviewBelow, answering, resume, state, model, alias, isOurs };
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

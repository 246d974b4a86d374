import { dirname, extname, join, resolve } from 'node:path';
import { requireWritable } from '../../../pipeline/disk/atomic.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { writeBundle } from '../../interop/bundle/write.ts';
import { writeTensorboard } from '../../interop/tensorboard/export.ts';
import type { Records } from '../../records/index.ts';
import { findRun, readRecord } from '../../studies/run-record.ts';
import { counted } from '../../studies/text-table.ts';
import { workspaceNames } from '../../workspace/names.ts';
import { locateWorkspace } from '../../workspace/open.ts';
import { type CliContext, printResult } from '../context.ts';

export interface BundleWords {
  readonly workspace?: string | undefined;
  readonly ids: readonly string[];
  readonly withModel: boolean;
  readonly predictions: boolean;
  readonly withNames: boolean;
}

/** Writes runs as one zip for another Hilum. @throws HilumError `usage/bad-option`, `run/…`, `disk/…` */
export async function exportBundle(context: CliContext, records: Records, out: string, words: BundleWords) {
  if (extname(out).toLowerCase() !== '.zip') {
    throw new HilumError('usage/bad-option', { what: '--bundle: expected a name ending in .zip' });
  }
  const state = join(await locateWorkspace(context.cwd, words.workspace), workspaceNames.state);
  const path = resolve(context.cwd, out);
  await requireWritable(dirname(path));
  const runs = [...new Set(words.ids.map((id) => findRun(records, id).id))];
  const contents = {
    runs,
    withModels: words.withModel,
    withPredictions: words.predictions,
    names: words.withNames ? ('kept' as const) : ('replaced' as const),
  };
  const { root, names, entries } = await writeBundle({ records, state }, path, contents, context.now());
  for (const run of runs) records.audit.add('export', run, { format: 'bundle', names });
  const bytes = entries.reduce((sum, each) => sum + each.bytes, 0);
  const told =
    names === 'kept'
      ? 'Names of files and patients are in it as they are.'
      : 'Names of files and patients are replaced; names, notes and tags of the runs are in it as you wrote them.';
  printResult(
    context,
    { bundle: path, root, names, runs, files: entries.length, bytes },
    `${counted(runs.length, 'run')} written to ${out}: ${counted(entries.length, 'file')}, ${bytes} bytes unpacked, root ${root.slice(0, 12)}. ${told}`,
  );
}

/** Writes the curves of runs for `tensorboard --logdir`. @throws HilumError `run/unknown`, `disk/…` */
export async function exportTensorboard(
  context: CliContext,
  records: Records,
  out: string,
  ids: readonly string[],
): Promise<void> {
  const path = resolve(context.cwd, out);
  await requireWritable(path);
  const runs = [...new Map(ids.map((id) => findRun(records, id)).map((run) => [run.id, run])).values()];
  const folders = await writeTensorboard(
    path,
    runs.map((run) => readRecord(records, run)),
  );
  for (const run of runs) records.audit.add('export', run.id, { format: 'tensorboard' });
  printResult(
    context,
    { tensorboard: path, runs: runs.map(({ id }, at) => ({ id, folder: folders[at] })) },
    `${counted(runs.length, 'run')} written; look at them with \`tensorboard --logdir ${out}\`.`,
  );
}

import { basename, dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable, writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import { type Cell, csvTable } from '../../../pipeline/disk/csv.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { TestSet } from '../../../pipeline/domain/test-set.ts';
import type { Records } from '../../records/index.ts';
import { factsOf } from '../../studies/facts.ts';
import { epochFigures, isEpochFigure } from '../../studies/figures.ts';
import { type RunRecord, readRun, recordValue } from '../../studies/run-record.ts';
import { testSetOfRun } from '../../studies/test-set.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { withRecords } from '../study.ts';

const writers = { '.json': jsonOf, '.csv': csvOf } as const;
type Ending = keyof typeof writers;

export const runsExport = defineCommand({
  name: 'runs export',
  summary: 'writes runs to a JSON or CSV file, a bundle for another Hilum, or event files for TensorBoard',
  options: z
    .object({
      ...workspaceOption,
      ids: z.array(z.string().min(1)).min(1).max(10_000),
      out: z.string().min(1).optional(),
      bundle: z.string().min(1).optional(),
      tensorboard: z.string().min(1).optional(),
      withModel: z.boolean().default(false),
      predictions: z.boolean().default(true),
      withNames: z.boolean().default(false),
    })
    .refine(
      ({ out, bundle, tensorboard }) => [out, bundle, tensorboard].filter((each) => each !== undefined).length === 1,
      {
        path: ['out'],
        message: 'give one of --out, --bundle and --tensorboard',
      },
    ),
  configure(command) {
    command
      .argument('<ids...>', 'runs, by id or enough of its beginning; one run with --out')
      .option('--out <file>', 'everything recorded of the run: .json or .csv')
      .option('--bundle <file>', 'a .zip with a hash tree, for `hilum runs import` elsewhere')
      .option('--with-model', 'in the bundle: the sealed models of the runs too')
      .option('--no-predictions', 'in the bundle: without the predictions, which paired tests need')
      .option('--with-names', 'in the bundle: names of files and patients as they are, instead of replaced ones')
      .option('--tensorboard <folder>', 'event files: a folder a run, for `tensorboard --logdir`');
    addWorkspaceOption(command);
  },
  run: ({ workspace, ids, out, bundle, tensorboard, ...words }, context) =>
    withRecords(context, workspace, async (records) => {
      const { exportBundle, exportTensorboard } = await import('../runs/export-bundle.ts');
      if (bundle !== undefined) await exportBundle(context, records, bundle, { workspace, ids, ...words });
      else if (tensorboard !== undefined) await exportTensorboard(context, records, tensorboard, ids);
      else await exportOne(context, records, ids, out ?? '');
      return 0;
    }),
});

/** Everything recorded of one run. */
async function exportOne(context: CliContext, records: Records, ids: readonly string[], out: string): Promise<void> {
  const [id = '', ...others] = ids;
  if (others.length > 0)
    throw new HilumError('usage/bad-option', { what: '--out takes one run; --bundle takes several' });
  const ending = extname(out).toLowerCase();
  if (!isEnding(ending)) {
    throw new HilumError('usage/bad-option', {
      what: `--out: expected a name ending in ${Object.keys(writers).join(' or ')}, got "${basename(out)}"`,
    });
  }
  const record = readRun(records, id);
  const path = resolve(context.cwd, out);
  await requireWritable(dirname(path));
  await writeFileAtomic(path, writers[ending](record, testSetOfRun(records, record.run.id)));
  records.audit.add('export', record.run.id, { format: ending.slice(1) });
  printResult(context, { run: record.run.id, out: path }, `Run ${record.run.id} written to ${out}.`);
}

function isEnding(ending: string): ending is Ending {
  return Object.hasOwn(writers, ending);
}

function jsonOf(record: RunRecord, testSet: TestSet | null): string {
  return `${JSON.stringify({ ...recordValue(record, testSet), notice }, null, 2)}\n`;
}

/** One value a line, so that one table holds parameters, curves, figures and files. */
function csvOf({ run, epochs, metrics, artefacts }: RunRecord, testSet: TestSet | null): string {
  const about: [string, unknown][] = [
    ['id', run.id],
    ['name', run.name],
    ['started_at', run.startedAt],
    ['ended_at', run.endedAt],
    ...factsOf(run),
    ['notes', run.notes],
    ['test_set.hash', testSet?.hash],
    ['test_set.opened_before', testSet?.opened_before],
    ['notice', notice],
  ];
  const names = Object.keys(epochFigures).filter(isEpochFigure);
  const rows: Cell[][] = [
    ...about.map(([name, value]): Cell[] => ['fact', name, '', '', cellOf(value), '', '']),
    ...metrics.map(({ name, value, low, high }): Cell[] => ['figure', name, '', '', value, low, high]),
    ...epochs.flatMap(({ fold, metrics: figures }) =>
      names.map((name): Cell[] => ['epoch', name, fold, figures.epoch, figures[name], '', '']),
    ),
    ...artefacts.map(({ path, sha256 }): Cell[] => ['file', path, '', '', sha256, '', '']),
  ];
  return csvTable(['section', 'name', 'fold', 'epoch', 'value', 'low', 'high'], rows);
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

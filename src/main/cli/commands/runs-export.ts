import { basename, dirname, extname, resolve } from 'node:path';
import { z } from 'zod';
import { requireWritable, writeFileAtomic } from '../../../pipeline/disk/atomic.ts';
import { type Cell, csvTable } from '../../../pipeline/disk/csv.ts';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { notice } from '../../../pipeline/domain/outcome.ts';
import type { TestSet } from '../../../pipeline/domain/test-set.ts';
import { factsOf } from '../../studies/facts.ts';
import { epochFigures, isEpochFigure } from '../../studies/figures.ts';
import { type RunRecord, readRun, recordValue } from '../../studies/run-record.ts';
import { testSetOfRun } from '../../studies/test-set.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

const writers = { '.json': jsonOf, '.csv': csvOf } as const;
type Ending = keyof typeof writers;

export const runsExport = defineCommand({
  name: 'runs export',
  summary: 'writes everything recorded of a run to a JSON or CSV file',
  options: z.object({ ...workspaceOption, id: z.string().min(1), out: z.string().min(1) }),
  configure(command) {
    command
      .argument('<id>', 'id of the run, or enough of its beginning')
      .requiredOption('--out <file>', 'file to write, .json or .csv');
    addWorkspaceOption(command);
  },
  run: ({ workspace, id, out }, context) =>
    withRecords(context, workspace, async (records) => {
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
      return 0;
    }),
});

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

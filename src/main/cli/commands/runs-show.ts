import { z } from 'zod';
import { type TestSet, testSetText } from '../../../pipeline/domain/test-set.ts';
import type { Epoch } from '../../records/epochs.ts';
import type { Run } from '../../records/runs.ts';
import { factsOf, factText } from '../../studies/facts.ts';
import { arrowOf, directionOf, epochFigures, estimateText, isEpochFigure, numberText } from '../../studies/figures.ts';
import { leakyNotice, type RunRecord, readRun, recordValue } from '../../studies/run-record.ts';
import { testSetOfRun } from '../../studies/test-set.ts';
import { textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

export const runsShow = defineCommand({
  name: 'runs show',
  summary: 'one run: what it was made of, its epochs, figures with intervals, files and machine',
  options: z.object({ ...workspaceOption, id: z.string().min(1) }),
  configure(command) {
    command.argument('<id>', 'id of the run, or enough of its beginning');
    addWorkspaceOption(command);
  },
  run: ({ workspace, id }, context) =>
    withRecords(context, workspace, (records) => {
      const record = readRun(records, id);
      const testSet = testSetOfRun(records, record.run.id);
      printResult(context, recordValue(record, testSet), describe(record, testSet));
      return 0;
    }),
});

function describe({ run, epochs, metrics, artefacts }: RunRecord, testSet: TestSet | null): string {
  const figures = metrics.map((each) => [`${each.name}${arrowOf(directionOf(each.name))}`, estimateText(each)]);
  const files = artefacts.map(({ path, bytes, sha256 }) => [path, bytes, sha256.slice(0, 12)]);
  const sections = [
    run.leaky ? leakyNotice : '',
    headOf(run),
    figures.length === 0
      ? ''
      : `${textTable(['figure', 'value'], figures)}\nBrackets: 95 % bootstrap interval over patient groups.`,
    testSet === null ? '' : testSetText(testSet),
    epochs.length === 0 ? '' : epochTable(epochs),
    files.length === 0 ? '' : textTable(['file', 'bytes', 'sha256'], files),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function headOf(run: Run): string {
  const head: [string, string][] = [
    ['run', run.id],
    ['name', run.name],
    ['started', run.startedAt],
    ['ended', run.endedAt ?? '-'],
  ];
  const facts = [...factsOf(run)].map(([key, value]): [string, string] => [key, factText(key, value)]);
  const notes: [string, string][] = run.notes === '' ? [] : [['notes', run.notes]];
  return textTable(['what', 'value'], [...head, ...facts, ...notes]);
}

/** Folds stand above each other; fold 0 is the model itself. */
function epochTable(epochs: readonly Epoch[]): string {
  const withFolds = epochs.some(({ fold }) => fold !== 0);
  const names = Object.keys(epochFigures).filter(isEpochFigure);
  const rows = epochs.map(({ fold, metrics }) => [
    ...(withFolds ? [fold] : []),
    metrics.epoch,
    ...names.map((name) => numberText(name === 'elapsed_ms' ? wholeMs(metrics.elapsed_ms) : metrics[name])),
  ]);
  return textTable([...(withFolds ? ['fold'] : []), 'epoch', ...names], rows);
}

const wholeMs = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));

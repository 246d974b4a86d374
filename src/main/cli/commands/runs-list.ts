import { z } from 'zod';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { nearestName } from '../../../pipeline/domain/names.ts';
import type { Records } from '../../records/index.ts';
import { type Run, runKinds } from '../../records/runs.ts';
import {
  arrowOf,
  byMerit,
  type Direction,
  directionOf,
  epochFigures,
  estimateText,
  isEpochFigure,
  numberText,
} from '../../studies/figures.ts';
import { leakyNotice, minuteText, runValue } from '../../studies/run-record.ts';
import { sweepJournal } from '../../studies/sweep/journal.ts';
import { counted, textTable } from '../../studies/text-table.ts';
import { addWorkspaceOption, countOption, defineCommand, workspaceOption } from '../command.ts';
import { printResult } from '../context.ts';
import { withRecords } from '../study.ts';

/** Shown when no figure is asked for: what `evaluate` found, else how the epochs went. */
const usualFigures = ['scan/balanced_accuracy', 'validation_loss'] as const;

/** One figure of one run; `best` and `last` over the epochs, or the one value that was measured. */
interface Shown {
  readonly best: number | null;
  readonly last: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const runsList = defineCommand({
  name: 'runs list',
  summary: 'recorded runs, newest first or best first',
  options: z.object({
    ...workspaceOption,
    kind: z.enum(runKinds).optional(),
    limit: countOption(1, 50),
    sort: z.string().optional(),
    sweep: z.string().optional(),
  }),
  configure(command) {
    command
      .option('--kind <kind>', `only runs of one kind: ${runKinds.join(' | ')}`)
      .option('--sweep <sweep>', 'only runs of one sweep, by its id or name')
      .option('--limit <count>', 'at most so many (default 50)')
      .option('--sort <figure>', 'best first by a figure: validation_loss, scan/balanced_accuracy, …');
    addWorkspaceOption(command);
  },
  run: ({ workspace, kind, limit, sort, sweep }, context) =>
    withRecords(context, workspace, (records) => {
      const parent = sweep === undefined ? undefined : sweepJournal(records).find(sweep).id;
      const all = records.runs.list({ kind }).filter((run) => parent === undefined || run.parent === parent);
      const figures = sort === undefined ? usualFigures : [known(sort, records)];
      const columns = figures.map((name) => ({ name, ofRun: figureOfRuns(records, name) }));
      const [first] = columns;
      const ordered = sort === undefined || first === undefined ? all : sorted(all, first.ofRun, directionOf(sort));
      const runs = ordered.slice(0, limit);
      if (runs.length < all.length) context.say(`${runs.length} of ${counted(all.length, 'run')}; --limit shows more.`);
      const value = runs.map((run) => ({
        ...runValue(run),
        figures: Object.fromEntries(columns.map(({ name, ofRun }) => [name, ofRun.get(run.id) ?? null])),
      }));
      printResult(context, { runs: value }, describe(runs, columns));
      return 0;
    }),
});

type FigureOfRuns = ReadonlyMap<string, Shown>;

function figureOfRuns(records: Records, name: string): FigureOfRuns {
  if (isEpochFigure(name)) {
    const highest = directionOf(name) === 'higher';
    return new Map(
      records.runCurves
        .ofFigure(name)
        .map((course) => [
          course.run,
          { best: highest ? course.highest : course.lowest, last: course.last, low: null, high: null },
        ]),
    );
  }
  const rows = records.runMetrics.named(name);
  return new Map(rows.map(({ run, value, low, high }) => [run, { best: value, last: value, low, high }]));
}

function sorted(runs: readonly Run[], figure: FigureOfRuns, direction: Direction): Run[] {
  const best = ({ id }: Run): number | null => figure.get(id)?.best ?? null;
  return [...runs].sort((a, b) => byMerit(best(a), best(b), direction));
}

/** @throws HilumError `usage/bad-option` with the nearest name */
function known(name: string, records: Records): string {
  const names = [...Object.keys(epochFigures), ...records.runMetrics.names()];
  if (names.includes(name)) return name;
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? `known are ${Object.keys(epochFigures).join(', ')}` : `did you mean ${nearest}?`;
  throw new HilumError('usage/bad-option', { what: `--sort: no run has a figure "${name}"; ${hint}` });
}

function describe(runs: readonly Run[], columns: readonly { name: string; ofRun: FigureOfRuns }[]): string {
  if (runs.length === 0) return 'No runs are recorded.';
  const titles = columns.flatMap(({ name }) => {
    const arrow = arrowOf(directionOf(name));
    return isEpochFigure(name) ? [`best ${name}${arrow}`, `last ${name}`] : [`${name}${arrow}`];
  });
  const rows = runs.map((run) => [
    run.id,
    run.kind,
    run.name,
    minuteText(run.startedAt),
    run.outcome,
    run.leaky ? 'LEAKY' : '',
    ...columns.flatMap(({ name, ofRun }) => cells(isEpochFigure(name), ofRun.get(run.id))),
  ]);
  const lines = [textTable(['id', 'kind', 'name', 'started (UTC)', 'outcome', 'stamp', ...titles], rows)];
  if (runs.some((run) => run.leaky)) lines.push('', leakyNotice);
  return lines.join('\n');
}

function cells(ofEpochs: boolean, shown: Shown | undefined): string[] {
  if (shown === undefined) return ofEpochs ? ['', ''] : [''];
  if (ofEpochs) return [numberText(shown.best), numberText(shown.last)];
  return [estimateText({ value: shown.best, low: shown.low, high: shown.high })];
}

import type { Records } from '../../records/index.ts';
import type { EpochCourse } from '../../records/run-curves.ts';
import type { Run } from '../../records/runs.ts';
import { overallFirst } from '../figures.ts';
import { sweepNames } from '../sweep/sweep-names.ts';
import { type TableColumn, textsOf } from './column.ts';
import { curveColumns } from './curve-columns.ts';
import { type FigureOfRuns, figureColumn, figuresByRun } from './figure-columns.ts';
import { identityColumns } from './identity-columns.ts';
import { paramsColumns } from './params-columns.ts';
import { paramsReader, type TableRow } from './row.ts';

/** Every run of a workspace in memory, for filters and sorting. */
export interface RunsTable {
  /** As the records stand now, newest first. */
  rows(): readonly TableRow[];
  /** Columns that some run has a value for, in the order in which they are offered. */
  columns(): ReadonlyMap<string, TableColumn>;
  /** Texts that occur in a column, the most frequent first. */
  valuesOf(column: TableColumn): readonly string[];
}

/**
 * Read from the records once in bulk; after that only runs that were written to are read again. Figures of an evaluation
 * are read when the first cell of their column is asked for.
 */
export function openRunsTable(records: Records): RunsTable {
  return new TableOfRecords(records);
}

class TableOfRecords implements RunsTable {
  private readonly records: Records;
  private readonly paramsOf = paramsReader();
  private readonly sweepOf: (parent: string | null) => string | null;
  private readonly byId = new Map<string, TableRow>();
  private readonly figures = new Map<string, FigureOfRuns>();
  private known = -1;
  private ordered: readonly TableRow[] = [];
  private offered: ReadonlyMap<string, TableColumn> | undefined;

  constructor(records: Records) {
    this.records = records;
    this.sweepOf = sweepNames(records);
  }

  rows(): readonly TableRow[] {
    this.refresh();
    return this.ordered;
  }

  columns(): ReadonlyMap<string, TableColumn> {
    this.refresh();
    this.offered ??= new Map(this.allColumns().map((column) => [column.key, column]));
    return this.offered;
  }

  valuesOf(column: TableColumn): readonly string[] {
    const counts = new Map<string, number>();
    for (const row of this.rows())
      for (const text of textsOf(column, row)) counts.set(text, (counts.get(text) ?? 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([text]) => text);
  }

  private allColumns(): TableColumn[] {
    const rows = this.ordered;
    const measured = this.records.runMetrics.names().sort(overallFirst);
    return [
      ...identityColumns.filter((column) => rows.some((row) => column.cell(row) !== null)),
      ...measured.map((name) => figureColumn(name, () => this.figure(name))),
      ...curveColumns(rows),
      ...paramsColumns(rows),
    ];
  }

  private figure(name: string): FigureOfRuns {
    const known = this.figures.get(name) ?? figuresByRun(this.records.runMetrics.named(name));
    this.figures.set(name, known);
    return known;
  }

  private refresh(): void {
    const { version } = this.records.runChanges;
    if (this.known === version) return;
    if (this.known === -1) this.readAll();
    else for (const id of this.records.runChanges.since(this.known)) this.readAgain(id);
    this.known = version;
    this.ordered = [...this.byId.values()].sort((a, b) => b.run.seq - a.run.seq);
    this.offered = undefined;
  }

  private readAll(): void {
    const tags = this.records.runTags.all();
    const curves = Map.groupBy(this.records.runCurves.list(), ({ run }) => run);
    for (const run of this.records.runs.list()) this.put(run, tags.get(run.id) ?? [], curves.get(run.id) ?? []);
  }

  private readAgain(id: string): void {
    const run = this.records.runs.find(id);
    if (run === undefined) this.byId.delete(id);
    else this.put(run, this.records.runTags.of(id), this.records.runCurves.list(id));
    if (run === undefined || this.figures.size === 0) return;
    const measured = new Map(this.records.runMetrics.list(id).map((metric) => [metric.name, metric]));
    for (const [name, ofRuns] of this.figures) {
      const metric = measured.get(name);
      if (metric !== undefined) ofRuns.set(id, { value: metric.value, low: metric.low, high: metric.high });
    }
  }

  private put(run: Run, tags: readonly string[], courses: readonly EpochCourse[]): void {
    const curves = new Map(courses.map((course) => [course.figure, course]));
    this.byId.set(run.id, { run, tags, sweep: this.sweepOf(run.parent), params: this.paramsOf(run), curves });
  }
}

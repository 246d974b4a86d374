import { z } from 'zod';
import { runFiguresSchema } from '../../../pipeline/domain/run-figures.ts';
import { lazyTimers, type Timers } from '../../jobs/timers.ts';
import type { Session } from '../../session/session.ts';
import { compareRuns } from '../../studies/comparison.ts';
import { readConfusionCell } from '../../studies/confusion-cell.ts';
import { readRunDetails } from '../../studies/run-details.ts';
import { figuresInput } from '../../studies/run-figures.ts';
import { reportName, runsReport } from '../../studies/run-report.ts';
import type { Handlers } from '../core.ts';
import { runTableHandlers } from './run-table.ts';
import { runTrashHandlers, trashesOf } from './run-trash.ts';
import { wireHead, wireRun } from './run-wire.ts';

type RunChannel = Extract<keyof Handlers, `runs/${string}`>;

export interface RunHandlerOptions {
  /** Clock of the time in which a deletion can be taken back. */
  readonly timers?: Timers | undefined;
}

/** The calls of experiment comparison. */
export function runHandlers(
  session: Session,
  { timers = lazyTimers }: RunHandlerOptions = {},
): Pick<Handlers, RunChannel> {
  const details = (runs: readonly string[]) => Promise.all(runs.map((run) => readRunDetails(session.study, run)));
  const table = runTableHandlers(session);
  const trash = trashesOf(session, timers);
  trash();
  return {
    ...table,
    ...runTrashHandlers(session, trash),
    'runs/query': (query, caller) => {
      // A workspace that was switched to is taken up when its runs are first looked at.
      trash();
      return table['runs/query'](query, caller);
    },
    'runs/get': async ({ run }) => ({ run: wireRun(await readRunDetails(session.study, run)) }),
    'runs/figures': async ({ run, prevalence }) => {
      const input = await figuresInput(session.study, session.study.records.runs.get(run), prevalence);
      return session.viewer.run('figures', input, runFiguresSchema);
    },
    'runs/compare': async ({ runs }) => {
      const read = await details(runs);
      return { runs: read.map(wireRun), ...compareRuns(read) };
    },
    'runs/annotate': ({ run, name, notes, addTags = [], removeTags = [], pinned }) => {
      const { records } = session.study;
      records.annotateRun(run, { name, notes, pinned, addTags, removeTags });
      session.push({ topic: 'changed', what: 'runs' });
      const now = records.runs.get(run);
      return { run: { ...wireHead(now, records.runTags.of(run)), notes: now.notes } };
    },
    'runs/cell': async (query) => {
      const { total, rows } = await readConfusionCell(session.study, query);
      return {
        total,
        rows: rows.map((row) => ({
          ...row,
          ref: row.classNow === null ? null : { of: 'dataset' as const, image: row.image },
        })),
      };
    },
    'runs/export': async ({ runs }) => {
      const read = await details(runs);
      const createdAt = session.context().now();
      const report = runsReport(read, createdAt);
      const made = await session.surface.deliver(reportName(read, createdAt), async (out) => {
        await session.viewer.run('report', { of: 'runs', runs: report, out }, z.object({ out: z.string() }));
      });
      if (made.kind !== 'cancelled') {
        for (const { run } of read) session.study.records.audit.add('export', run.id, { format: 'html' });
      }
      return made;
    },
  };
}

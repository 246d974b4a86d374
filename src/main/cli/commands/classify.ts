import { z } from 'zod';
import { openBatch } from '../../batches/find-batch.ts';
import type { Ledger } from '../../batches/ledger.ts';
import { writeLedgerCsv } from '../../batches/ledger-csv.ts';
import { type LedgerHead, writeLedgerJson } from '../../batches/ledger-json.ts';
import { scanSources } from '../../batches/plan.ts';
import { type BatchSession, type EarlyWorker, runSession, startEarly } from '../../batches/run-batch.ts';
import { type BatchSummary, summaryOf } from '../../batches/summary.ts';
import { writeReport } from '../../batches/write-report.ts';
import type { Records } from '../../records/index.ts';
import { type ClassifyOptions, type ClassifyPlan, planClassify } from '../classify/plan.ts';
import { keepHeapSmall } from '../classify/small-heap.ts';
import { summaryText } from '../classify/summary.ts';
import { addWorkspaceOption, defineCommand, workspaceOption } from '../command.ts';
import { type CliContext, printResult } from '../context.ts';
import { withState } from '../state.ts';

export const classify = defineCommand({
  name: 'classify',
  summary: 'classifies every image of a folder; one row a file, also for refused ones',
  options: z.object({
    ...workspaceOption,
    folder: z.string(),
    out: z.string(),
    model: z.string().optional(),
    report: z.string().optional(),
    resume: z.boolean().default(false),
    shard: z.string().optional(),
    records: z.string().optional(),
    scanFrom: z.enum(scanSources).default('metadata'),
    reviewBelow: z.coerce.number().min(0).max(1).optional(),
    coverage: z.coerce.number().min(0).max(1).optional(),
    accuracy: z.coerce.number().min(0).max(1).optional(),
  }),
  configure(command) {
    command
      .argument('<folder>', 'folder of images (or one file); nothing is written in it but the results you ask for')
      .requiredOption('--out <file>', 'ledger to write, .csv or .json')
      .option(
        '--model <model>',
        'champion, challenger, a version (v3), 8 or more digits of a seal, or a folder (default: the champion of the workspace, else its newest model, else the demo model)',
      )
      .option('--report <file>', 'also a page of HTML that opens without network')
      .option('--resume', 'go on with the newest batch of this folder and model')
      .option('--shard <i/n>', 'only part i of n of the files; `merge` joins the parts')
      .option(
        '--scan-from <source>',
        `scan of pictures that name none: ${scanSources.join(' | ')} (default metadata: none)`,
      )
      .option('--review-below <probability>', 'mark answers below for review (default: the threshold of the model)')
      .option('--coverage <share>', 'instead: answer so many of the images, by the held-out figures of the model')
      .option('--accuracy <share>', 'instead: be right in so many of the answers, by the same figures')
      .option('--records <folder>', 'folder of the records (default: the workspace, else your data folder)');
    addWorkspaceOption(command);
  },
  run: classifyFolder,
});

/**
 * Classifies a folder from its list of files to the ledger on disk, and prints the summary.
 * @returns the exit code: 0, 3 when files were refused, 130 when it was stopped
 * @throws HilumError `source/…`, `model/…`, `batch/…`, `workspace/busy`, `config/not-writable`, `disk/…`
 */
export async function classifyFolder(options: ClassifyOptions, context: CliContext): Promise<number> {
  keepHeapSmall();
  const plan = await planClassify(options, context);
  const early = startEarly(context.openWorker);
  try {
    return await withState(context, plan.state, (records) => classifyPlanned(records, plan, early, context));
  } finally {
    await early.discard();
  }
}

async function classifyPlanned(
  records: Records,
  plan: ClassifyPlan,
  early: EarlyWorker,
  context: CliContext,
): Promise<number> {
  const opened = await openBatch(records, plan, context);
  const session = await runSession(records, opened, early, plan, context);
  const ledger: Ledger = { records, batch: records.batches.get(opened.id), scanFrom: plan.scanFrom };
  const cancelled = session.outcome === 'cancelled';
  if (!cancelled) await writeResults(plan, ledger, session, context);
  const summary = summaryOf(ledger);
  const exit = cancelled ? 130 : summary.counts.refused > 0 ? 3 : 0;
  if (cancelled) {
    context.say(
      `Stopped after ${session.done} of ${session.files} files. The same command with --resume goes on there.`,
    );
  }
  const written = cancelled
    ? ''
    : `\nWritten: ${[plan.out, ...(plan.report === undefined ? [] : [plan.report])].join(', ')}`;
  printResult(context, resultValue(plan, summary, session, exit), summaryText(summary, session) + written);
  return exit;
}

async function writeResults(
  plan: ClassifyPlan,
  ledger: Ledger,
  session: BatchSession,
  context: CliContext,
): Promise<void> {
  const { elapsedMs, imagesPerSecond } = session;
  const head: LedgerHead = { model: plan.model, createdAt: context.now(), elapsedMs, imagesPerSecond };
  if (plan.format === 'csv') await writeLedgerCsv(plan.out, ledger);
  else await writeLedgerJson(plan.out, ledger, head);
  if (plan.report !== undefined) await writeReport(plan.report, ledger, head, plan.state, context);
}

function resultValue(plan: ClassifyPlan, summary: BatchSummary, session: BatchSession, exit: number): object {
  const isWritten = session.outcome === 'completed';
  return {
    outcome: session.outcome,
    out: isWritten ? plan.out : null,
    report: isWritten ? (plan.report ?? null) : null,
    counts: summary.counts,
    scans: summary.scans,
    refused_codes: summary.refusedCodes,
    review_codes: summary.reviewCodes,
    classes: summary.classes,
    images_per_second: Number(session.imagesPerSecond.toFixed(1)),
    elapsed_ms: Math.round(session.elapsedMs),
    first_result_ms: session.firstResultMs === null ? null : Math.round(session.firstResultMs),
    exit,
  };
}

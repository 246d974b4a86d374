import { z } from 'zod';
import { epochMetricsSchema } from '../../pipeline/protocol.ts';
import type { channels } from './channels.ts';
import { appCalls } from './contract/app.ts';
import { batchCalls } from './contract/batches.ts';
import { bundleCalls } from './contract/bundles.ts';
import type { Call } from './contract/call.ts';
import { cardCalls } from './contract/cards.ts';
import { dataCalls } from './contract/data.ts';
import { datasetCalls } from './contract/dataset.ts';
import { duelCalls } from './contract/duels.ts';
import { explainCalls } from './contract/explain.ts';
import { honestyCalls } from './contract/honesty.ts';
import { imageCalls } from './contract/images.ts';
import { type errorSchema, jobCalls, jobSchema } from './contract/jobs.ts';
import { keyCalls } from './contract/keys.ts';
import { machineCalls } from './contract/machine.ts';
import { modelExportCalls } from './contract/model-exports.ts';
import { modelCalls } from './contract/models.ts';
import { networkCalls } from './contract/networks.ts';
import { pipelineCalls } from './contract/pipeline.ts';
import { registryCalls } from './contract/registry.ts';
import { runCalls } from './contract/runs.ts';
import { suspectCalls } from './contract/suspects.ts';
import { sweepCalls } from './contract/sweeps.ts';
import { trackingCalls } from './contract/tracking.ts';
import { trainingCalls } from './contract/training.ts';

export type { Review } from '../../pipeline/domain/review.ts';
export type { EpochRow, RecordedEpoch } from '../../pipeline/protocol.ts';
export type { AppState } from './contract/app.ts';
export type { Batch, Row, RowFilter, RowSort, ScanRow } from './contract/batches.ts';
export type { MadeFile } from './contract/call.ts';
export type { DataVersionRow } from './contract/data.ts';
export type { Dataset, DatasetImage } from './contract/dataset.ts';
export type { Heat, Neighbours, TrustState } from './contract/explain.ts';
export type { Examination, Honesty } from './contract/honesty.ts';
export type { ImageRef, View } from './contract/images.ts';
export type { Job } from './contract/jobs.ts';
export type { Model } from './contract/models.ts';
export type { Cell, Column, Comparison, Run, RunRow } from './contract/runs.ts';
export type { Suspect } from './contract/suspects.ts';
export type { Sweep, SweepCandidate } from './contract/sweeps.ts';

/** Every call between page and core, by channel. Preload, HTTP server and page infer their types from it. */
export const calls = {
  ...appCalls,
  ...jobCalls,
  ...batchCalls,
  ...imageCalls,
  ...explainCalls,
  ...datasetCalls,
  ...dataCalls,
  ...honestyCalls,
  ...pipelineCalls,
  ...trainingCalls,
  ...sweepCalls,
  ...runCalls,
  ...bundleCalls,
  ...modelCalls,
  ...modelExportCalls,
  ...networkCalls,
  ...keyCalls,
  ...registryCalls,
  ...duelCalls,
  ...suspectCalls,
  ...cardCalls,
  ...trackingCalls,
  ...machineCalls,
} satisfies Record<(typeof channels)[number], Call>;

export type Channel = keyof typeof calls;
/** What a caller writes: defaults may be left out. */
export type Input<C extends Channel> = z.input<(typeof calls)[C]['input']>;
/** What a handler gets. */
export type Parsed<C extends Channel> = z.output<(typeof calls)[C]['input']>;
export type Output<C extends Channel> = z.output<(typeof calls)[C]['output']>;

/** What the core says without being asked; at most 10 a second of each topic and subject. */
export const pushSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('job'), job: jobSchema }),
  z.object({ topic: z.literal('job-gone'), job: z.string() }),
  /** Rows, counts or outcome of a batch changed. */
  z.object({ topic: z.literal('batch'), batch: z.string() }),
  /** An epoch ended; `fold` 0 is the model itself. */
  z.object({ topic: z.literal('epoch'), run: z.string(), fold: z.int(), metrics: epochMetricsSchema }),
  /** Something of that kind was added, changed or removed. */
  z.object({
    topic: z.literal('changed'),
    what: z.enum(['batches', 'runs', 'models', 'dataset', 'params', 'workspace', 'findings']),
  }),
  /** A menu or a key of the window asks the page for something (app only). */
  z.object({
    topic: z.literal('command'),
    command: z.enum([
      'open-folder',
      'open-workspace',
      'export',
      'print',
      'find',
      'help',
      'settings',
      'show-classify',
      'show-data',
      'show-train',
      'show-runs',
      'show-models',
      'licences',
      'theme-dark',
      'theme-light',
      'theme-system',
    ]),
    /** Folder that the command is about (recent folders, files given at the start). */
    path: z.string().nullable(),
  }),
]);
export type Push = z.infer<typeof pushSchema>;
export type Command = Extract<Push, { topic: 'command' }>['command'];

/** Every answer: a value, or an error as code and facts. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: z.infer<typeof errorSchema> };

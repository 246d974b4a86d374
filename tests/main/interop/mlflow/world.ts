import { sendTools } from '../../../../src/main/interop/mlflow/connect.ts';
import { Credentials } from '../../../../src/main/interop/mlflow/credentials.ts';
import { serverOf } from '../../../../src/main/interop/mlflow/server.ts';
import { type Synced, syncRuns } from '../../../../src/main/interop/mlflow/sync.ts';
import type { SendTools } from '../../../../src/main/interop/mlflow/tools.ts';
import type { SentArtefacts } from '../../../../src/pipeline/domain/tracking.ts';
import type { FakeMlflow, FakeRun } from '../../../helpers/fake-mlflow.ts';
import { epochRow } from '../../../helpers/records.ts';
import type { World } from '../bundle/world.ts';

export const secret = 'tok-3f9a-SECRET';

export interface ToolsOptions {
  readonly artefacts?: SentArtefacts;
  readonly attempts?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly experiment?: string;
}

/** What sending to the fake takes: quick about failures. */
export function toolsFor(fake: Pick<FakeMlflow, 'url'>, { study }: World, options: ToolsOptions = {}): SendTools {
  const { artefacts = 'without-names', attempts = 1, timeoutMs = 2000, experiment = 'kidney' } = options;
  const settings = {
    server: serverOf(fake.url, 'test'),
    from: 'environment',
    live: true,
    experiment,
    artefacts,
  } as const;
  const connection = { settings, credentials: new Credentials('environment', `Bearer ${secret}`) };
  const signal = options.signal ?? new AbortController().signal;
  const pace = { attempts, timeoutMs, firstPauseMs: 1 };
  return sendTools(connection, study, signal, () => '2026-03-01T12:00:00.000Z', pace);
}

/** One pass of `mlflow sync` without waiting between attempts. */
export function sync(tools: SendTools, all = false): Promise<Synced> {
  return syncRuns(tools, { all }, new AbortController().signal, undefined, []);
}

/** Adds epochs to a run: the model itself, and a fold. */
export function addEpochs({ records }: World, run: string, epochs: number, fold = 0): void {
  for (let epoch = 1; epoch <= epochs; epoch++) records.epochs.add(run, fold, epochRow(epoch));
}

/** Points of a run that came more than once. */
export function doubles({ points }: FakeRun): string[] {
  const keys = points.map(({ key, step }) => `${key}@${step}`);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

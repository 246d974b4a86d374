import type { StageName } from '../../pipeline/protocol.ts';
import type { StageCallbacks, StageRequest, StageResult } from './request.ts';
import type { WorkerHandle } from './supervisor.ts';

export interface RunStageOptions extends StageCallbacks {
  readonly stage: StageName;
  readonly input: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one stage to its end. An aborted signal asks the stage to stop; the outcome is then `cancelled`, or `completed`
 * when it was just done.
 * @throws HilumError of the stage or of `onEvent`; `worker/died`
 */
export async function runStage(worker: WorkerHandle, options: RunStageOptions): Promise<StageResult> {
  if (options.signal?.aborted) return { outcome: 'cancelled', value: null };
  return withSignal(worker.begin(options.stage, options.input, options), options.signal);
}

/** The result of a stage that is cancelled when the signal is aborted. */
export async function withSignal(request: StageRequest, signal: AbortSignal | undefined): Promise<StageResult> {
  const cancel = (): void => request.cancel();
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await request.result;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

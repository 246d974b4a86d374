import type { z } from 'zod';
import { HilumError } from '../../pipeline/domain/errors.ts';
import type { StageEvent, StageName } from '../../pipeline/protocol.ts';
import type { WorkContext } from './work-context.ts';

const stageHeapMb = 4096;

/**
 * Runs one stage in a worker of its own, which is gone when this returns, with progress, and checks what it returns.
 * @throws HilumError of the stage; `cancelled/by-user` when it was stopped
 */
export async function stageInWorker<T>(
  context: WorkContext,
  stage: StageName,
  input: unknown,
  result: z.ZodType<T>,
  onEvent?: (event: StageEvent) => void,
): Promise<T> {
  const { runStage } = await import('./run-stage.ts');
  const progress = context.showProgress();
  try {
    const worker = await context.openWorker({ heapMb: stageHeapMb });
    try {
      const { outcome, value } = await runStage(worker, {
        stage,
        input,
        signal: context.signal,
        onProgress: progress.update,
        onEvent: (event) => {
          if (event.kind === 'note') context.say(event.text);
          else onEvent?.(event);
        },
      });
      if (outcome === 'cancelled') throw new HilumError('cancelled/by-user');
      return result.parse(value);
    } finally {
      await worker.stop();
    }
  } finally {
    progress.stop();
  }
}

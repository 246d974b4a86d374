import { usePulse } from '../../../use-pulse.ts';

/** Runs after rows, counts or outcome of a batch changed. */
export function useBatchPulse(batch: string, run: () => void): void {
  usePulse(run, (push) => push.topic === 'batch' && push.batch === batch);
}

/** The same for whichever batch. */
export function useAllBatchesPulse(run: () => void): void {
  usePulse(run, (push) => push.topic === 'batch');
}

import type { ReportProgress } from '../progress.ts';
import type { BatchItem, StageEvent } from '../protocol.ts';

/** What a stage is given besides its input. */
export interface StageContext {
  /** Cancelling: honoured at the next file, batch or epoch; the stage then ends by throwing `cancelled/by-user`. */
  readonly signal: AbortSignal;
  readonly report: ReportProgress;
  /** Hands an event to the supervisor; resolves when it is stored. */
  emit(event: StageEvent): Promise<void>;
  /** Pages of a batch as the supervisor sends them. */
  items(): AsyncIterable<readonly BatchItem[]>;
}

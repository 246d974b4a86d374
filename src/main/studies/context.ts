import type { EpochRow } from '../../pipeline/protocol.ts';
import type { WorkContext } from '../jobs/work-context.ts';

/** What a stage of a study is given: as any work, and who else wants to know. */
export interface StudyContext extends WorkContext {
  /** Folder that relative paths of a command line count from. */
  readonly cwd: string;
  /** A run was recorded and begins. */
  onRun?(run: string): void;
  /** An epoch was recorded; `fold` 0 is the model itself. */
  onEpoch?(run: string, fold: number, metrics: EpochRow): void;
}

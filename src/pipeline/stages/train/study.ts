import type { Params } from '../../domain/params.ts';
import type { BaseModel } from '../base-model.ts';
import type { StudyRow } from './parts.ts';

/** Everything that a fit needs and that does not change between folds. */
export interface Study {
  readonly rows: readonly StudyRow[];
  /** N × dimensions, in the order of rows. */
  readonly features: Float32Array;
  readonly base: BaseModel;
  readonly params: Params;
  readonly checkpoints: string;
  readonly resume: boolean;
}

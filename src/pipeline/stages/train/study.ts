import type { Params } from '../../domain/params.ts';
import type { BaseModel } from '../base-model.ts';
import type { StudyRow } from './parts.ts';
import type { Pictures } from './pictures.ts';

/** Everything that a fit needs and that does not change between folds. */
export interface Study {
  readonly rows: readonly StudyRow[];
  /** N × dimensions, in the order of rows. */
  readonly features: Float32Array;
  /** For fine-tuning; none is decoded before it is asked for. */
  readonly pictures: Pictures;
  readonly base: BaseModel;
  readonly params: Params;
  readonly checkpoints: string;
  readonly resume: boolean;
  /** Epochs after which every fit rests. */
  readonly stopAfter?: number | undefined;
}

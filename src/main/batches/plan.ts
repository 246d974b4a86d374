import type { ModelAlias } from '../../pipeline/domain/registry.ts';
import type { Asked } from '../models/answering.ts';
import type { ModelIdentity } from '../workspace/model-identity.ts';
import type { Shard } from './shard.ts';

export const scanSources = ['metadata', 'folder'] as const;
/** Where a picture without metadata gets its scan from: nowhere, or the folder that it lies in. */
export type ScanFrom = (typeof scanSources)[number];

/** What a batch is made of, everything checked that can be checked before the first write. */
export interface BatchPlan {
  /** Real path, no links in it: the same folder has the same name in every call. */
  readonly folder: string;
  readonly shard: Shard | undefined;
  /** Threshold for review; undefined: the model's own. */
  readonly reviewBelow: number | undefined;
  /** What that threshold was chosen for from the model's sealed curve; kept with the batch. */
  readonly answering?: Asked | undefined;
  /** Go on with the newest batch of this folder, part and model. */
  readonly resume: boolean;
  /** State folder of the records. */
  readonly state: string;
  readonly model: ModelIdentity;
  /** Alias that the model was named by; what it stands at is kept with the batch. */
  readonly alias?: ModelAlias | undefined;
  /** Files of our own that may lie in the folder. */
  readonly isOurs: (path: string) => boolean;
}

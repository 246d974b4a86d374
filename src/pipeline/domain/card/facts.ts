import type { Calibration } from '../calibration.ts';
import type { Gate } from '../gate.ts';
import type { Metrics } from '../metrics.ts';
import type { Params } from '../params.ts';
import type { ModelHonesty } from '../sealed-model.ts';
import type { Trust } from '../trust.ts';
import type { UserFacts } from './user-facts.ts';

/** What is known of a model when its card is filled in. At sealing there is no evaluation and no finding yet. */
export interface CardFacts {
  readonly user: UserFacts;
  /** What it learned from, in one sentence. */
  readonly trainedOn: string;
  readonly backbone: string;
  readonly classes: readonly string[];
  readonly counts: Readonly<
    Record<string, { readonly images: number; readonly scans: number; readonly groups: number }>
  >;
  readonly codeVersion: string;
  readonly honesty: ModelHonesty;
  /** The preprocessing contract in words. */
  readonly steps: readonly string[];
  /** null: only the sealed card tells of the training. */
  readonly training: TrainingFacts | null;
  readonly calibration: Calibration;
  /** null: nothing is refused for its looks. */
  readonly gate: Gate | null;
  /** null: its heat maps were not tested. */
  readonly trust: Trust | null;
  /** Of the run that made it; null before it was evaluated. */
  readonly evaluation: Metrics | null;
  /** What was examined later, a sentence each. */
  readonly findings: Partial<Record<CardFinding, string>>;
}

/** Examinations that a card tells of, as the records name them. */
export const cardFindings = ['validation', 'leak-meter', 'shortcuts', 'duel'] as const;
export type CardFinding = (typeof cardFindings)[number];

export interface TrainingFacts {
  readonly params: Params;
  readonly protocol: 'holdout' | 'cross-validated';
  readonly folds: number;
  readonly epochs: number;
  readonly bestEpoch: number;
}

import type { Duel } from '../../../pipeline/domain/duel.ts';
import type { DuelInput } from '../../../pipeline/domain/duel-input.ts';
import type { GateCheck, GateName, RegistryPolicy } from '../../../pipeline/domain/registry.ts';
import type { VerifiedModel } from '../../models/verify.ts';
import type { Ground } from '../../studies/duel/fight.ts';
import type { Side } from '../../studies/duel/sides.ts';
import type { Study } from '../../studies/study.ts';

/** Who does the work that needs a worker. */
export interface GateMeans {
  /** Hashes and golden self-test of a sealed model. @throws HilumError `model/…` */
  verify(folder: string): Promise<VerifiedModel>;
  duel(input: DuelInput): Promise<Duel>;
  newId(): string;
  /** Where keys that are trusted are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface GateQuestion {
  readonly study: Study;
  readonly candidate: Side;
  /** Of the candidate. */
  readonly model: { readonly seal: string; readonly folder: string };
  /** Null: nobody stands there. */
  readonly champion: Side | null;
  /** What both sides are compared on. */
  readonly ground: Ground;
  readonly policy: RegistryPolicy;
  readonly means: GateMeans;
}

/** What one gate found. Left out: no figures; an override is possible. */
export type GateAnswer = Pick<GateCheck, 'passed' | 'reason'> & Partial<Pick<GateCheck, 'figures' | 'overridable'>>;

/** One condition of promotion. */
export interface Gate {
  readonly name: GateName;
  /** Whether a champion must meet it; it is told either way. */
  isRequired(policy: RegistryPolicy): boolean;
  /** Asked of a challenger too. */
  readonly ofChallenger: boolean;
  /** @throws HilumError what is no answer (disk, cancelled); `model/…` and `signature/…` count as failed */
  check(question: GateQuestion): Promise<GateAnswer>;
}

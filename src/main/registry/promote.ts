import { HilumError } from '../../pipeline/domain/errors.ts';
import { failedGates, type ModelAlias, type Promotion, versionName } from '../../pipeline/domain/registry.ts';
import type { NewPromotion } from '../records/promotions.ts';
import type { Ground } from '../studies/duel/fight.ts';
import type { Study } from '../studies/study.ts';
import { checkGates, type GateReport } from './check-gates.ts';
import type { GateMeans } from './gates/gate.ts';
import { leaving } from './leaving.ts';
import { questionOf } from './question.ts';

export interface PromotionWish {
  /** Seal of the model. */
  readonly model: string;
  readonly alias: ModelAlias;
  /** Why a gate that fails is overridden; null: it is not. */
  readonly override: string | null;
  /** Who promotes. */
  readonly reader: string;
  /** Left out: what the runs of both kept. */
  readonly ground?: Ground;
}

export interface PromotionOutcome extends GateReport {
  readonly version: number;
  readonly alias: ModelAlias;
  /** Null: a gate failed, and nothing was changed. */
  readonly promotion: Promotion | null;
}

/** Version of a model. @throws HilumError `registry/no-version` */
export function versionOf({ records }: Study, seal: string): number {
  const found = records.modelVersions.ofSeal(seal);
  if (found === undefined) throw new HilumError('registry/no-version');
  return found.version;
}

/**
 * Asks the gates, and puts the model at the alias when they are passed or may be and are overridden. A challenger that
 * becomes champion is challenger no longer.
 * @throws HilumError `registry/no-version`, `registry/already-there`, `registry/why-needed`, `registry/changed`, `model/…`
 */
export async function promote(study: Study, wish: PromotionWish, means: GateMeans): Promise<PromotionOutcome> {
  const { model, alias, reader, ground } = wish;
  const override = wish.override === null ? null : wish.override.trim();
  if (override === '') throw new HilumError('registry/why-needed');
  const { promotions } = study.records;
  const version = versionOf(study, model);
  const previous = promotions.newest(alias)?.version ?? null;
  const held = promotions.standing().find((each) => each.version === version && isEnough(each.alias, alias))?.alias;
  if (held !== undefined)
    throw new HilumError('registry/already-there', { alias: held, version: versionName(version) });
  const question = await questionOf(study, version, means, ground);
  const report = await checkGates(question, alias);
  const failed = failedGates(report.checks);
  const isAllowed = failed.every(({ overridable }) => overridable && override !== null);
  if (!isAllowed) return { ...report, version, alias, promotion: null };
  const move: NewPromotion = {
    ...{ alias, version, previous, reader, deed: 'promote', gates: report.checks },
    override: failed.length === 0 ? null : override,
  };
  return { ...report, version, alias, promotion: promotions.add(move, ...leaving(study.records, move)) };
}

/** A champion needs not become challenger. */
function isEnough(held: ModelAlias, wished: ModelAlias): boolean {
  return held === wished || held === 'champion';
}

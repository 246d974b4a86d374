import { HilumError } from '../../pipeline/domain/errors.ts';
import {
  failedGates,
  type GateCheck,
  type ModelAlias,
  type Promotion,
  versionName,
} from '../../pipeline/domain/registry.ts';
import type { Study } from '../studies/study.ts';
import { checkNamed } from './check-gates.ts';
import type { GateMeans } from './gates/gate.ts';
import { leaving } from './leaving.ts';
import { questionOf } from './question.ts';

/** A version that a rollback passed over, and why. */
export interface PassedOver {
  readonly version: number;
  readonly why: string;
}

export interface Rollback {
  readonly promotion: Promotion;
  readonly passedOver: readonly PassedOver[];
}

/**
 * Puts an alias back where it stood before its newest promotion, in one step; again: one further back. What was promoted
 * there once needs no gate again, but must be whole now: versions that are gone or damaged are passed over.
 * @throws HilumError `registry/nothing-before`, `registry/none-whole`, `registry/changed`
 */
export async function rollBack(
  study: Study,
  { alias, reader }: { readonly alias: ModelAlias; readonly reader: string },
  means: GateMeans,
): Promise<Rollback> {
  const { promotions } = study.records;
  const previous = promotions.newest(alias)?.version ?? null;
  const candidates = promotions.before(alias);
  if (candidates.length === 0) throw new HilumError('registry/nothing-before', { alias });
  const passedOver: PassedOver[] = [];
  for (const version of candidates) {
    const looked = await look(study, version, means);
    if (looked.why === null) {
      const { gates } = looked;
      const move = { alias, version, previous, reader, gates, deed: 'rollback' as const, override: null };
      return { promotion: promotions.add(move, ...leaving(study.records, move)), passedOver };
    }
    passedOver.push({ version, why: looked.why });
  }
  const why = passedOver.map((each) => `${versionName(each.version)}: ${each.why}`).join(' ');
  throw new HilumError('registry/none-whole', { alias, why });
}

/** Takes an alias off whatever holds it. @throws HilumError `registry/no-alias` */
export function clearAlias(
  study: Study,
  { alias, reader }: { readonly alias: ModelAlias; readonly reader: string },
): Promotion {
  const { promotions } = study.records;
  const previous = promotions.newest(alias)?.version ?? null;
  if (previous === null) throw new HilumError('registry/no-alias', { alias });
  return promotions.add({ alias, version: null, previous, reader, deed: 'clear', gates: [], override: null });
}

interface Looked {
  readonly gates: readonly GateCheck[];
  /** Null: it can be used. */
  readonly why: string | null;
}

async function look(study: Study, version: number, means: GateMeans): Promise<Looked> {
  try {
    const gates = await checkNamed(['whole', 'self_test', 'signature'], await questionOf(study, version, means));
    const [failed] = failedGates(gates);
    return { gates, why: failed?.reason ?? null };
  } catch (error) {
    if (!(error instanceof HilumError) || !/^(model|registry)\//.test(error.code)) throw error;
    return { gates: [], why: error.sentence };
  }
}

import { z } from 'zod';
import { versionsBefore } from '../../pipeline/domain/alias-history.ts';
import { HilumError } from '../../pipeline/domain/errors.ts';
import {
  type Deed,
  deeds,
  failedGates,
  type GateCheck,
  gateCheckSchema,
  type ModelAlias,
  modelAliases,
  type Promotion,
} from '../../pipeline/domain/registry.ts';
import type { Audit } from './audit.ts';
import type { RecordsContext } from './context.ts';
import type { ModelVersions } from './model-versions.ts';
import { jsonColumn, readRow, readRows } from './row.ts';
import { write } from './write.ts';

const rowSchema = z.object({
  seq: z.int(),
  at: z.string(),
  alias: z.enum(modelAliases),
  version: z.int().nullable(),
  previous: z.int().nullable(),
  deed: z.enum(deeds),
  gates: jsonColumn(z.array(gateCheckSchema)),
  override: z.string().nullable(),
  reader: z.string(),
});

export interface NewPromotion extends Pick<Promotion, 'alias' | 'version' | 'deed' | 'override' | 'reader'> {
  readonly gates: readonly GateCheck[];
  /** Where the alias stood when the gates were asked: another place by now is refused. */
  readonly previous: number | null;
}

/** An alias that stands at a version. */
export interface Standing {
  readonly alias: ModelAlias;
  readonly version: number;
  /** ISO 8601. */
  readonly since: string;
  /** Why a gate was overridden when this version was promoted last; a rollback to it does not mend that. */
  readonly override: string | null;
}

const actions = {
  promote: 'model/promoted',
  rollback: 'model/rolled-back',
  clear: 'model/promoted',
} as const satisfies Record<Deed, string>;

/** Every move of an alias, append-only: the newest row of an alias says where it stands. */
export function promotionsTable({ db, now }: RecordsContext, versions: ModelVersions, audit: Audit) {
  const insert = db.prepare(`INSERT INTO promotions (at, alias, version, previous, deed, gates, override, reader)
    VALUES (@at, @alias, @version, @previous, @deed, @gates, @override, @reader)`);
  const bySeq = db.prepare('SELECT * FROM promotions WHERE seq = ?');
  const newest = db.prepare('SELECT * FROM promotions WHERE alias = ? ORDER BY seq DESC LIMIT 1');
  const newestPromotion = db.prepare(
    "SELECT * FROM promotions WHERE alias = ? AND version = ? AND deed = 'promote' ORDER BY seq DESC LIMIT 1",
  );
  const newestFirst = db.prepare('SELECT * FROM promotions ORDER BY seq DESC');
  const ofAlias = db.prepare('SELECT alias, version, deed FROM promotions WHERE alias = ? ORDER BY seq');
  const moveSchema = rowSchema.pick({ version: true, deed: true });

  /** Sealed names of what the trail is about; an alias at none is about the one that it left. */
  const sealOf = ({ version, previous }: NewPromotion): string => {
    const about = version ?? previous;
    return about === null ? '' : versions.get(about).seal;
  };

  const put = (promotion: NewPromotion): Promotion => {
    const { alias, version, previous, deed, gates, override } = promotion;
    if ((table.newest(alias)?.version ?? null) !== previous) throw new HilumError('registry/changed');
    const row = { ...promotion, at: now().toISOString(), gates: JSON.stringify(gates) };
    const { lastInsertRowid } = insert.run(row);
    const facts = { alias, version, previous, deed };
    audit.add(actions[deed], sealOf(promotion), facts);
    if (override !== null) {
      const failed = failedGates(gates).map(({ check }) => check);
      audit.add('model/gate-overridden', sealOf(promotion), { ...facts, failed: failed.join(' ') });
    }
    const made = readRow('promotions', rowSchema, () => bySeq.get(lastInsertRowid));
    if (made === undefined) throw new HilumError('records/corrupt', { what: 'promotions' });
    return made;
  };

  const table = {
    /** Moves aliases, all or none. @returns the first move @throws HilumError `registry/changed` when one stands elsewhere by now */
    add(promotion: NewPromotion, ...more: readonly NewPromotion[]): Promotion {
      return write(db, () => {
        const made = put(promotion);
        for (const each of more) put(each);
        return made;
      });
    },
    /** What put an alias where it stands; undefined: it was never moved. */
    newest: (alias: ModelAlias): Promotion | undefined => readRow('promotions', rowSchema, () => newest.get(alias)),
    /** Newest first. */
    list: (): Promotion[] => readRows('promotions', rowSchema, () => newestFirst.all()),
    /** Versions that a rollback of this alias may go to, the first choice first. */
    before: (alias: ModelAlias): readonly number[] =>
      versionsBefore(readRows('promotions', moveSchema, () => ofAlias.all(alias))),
    /** Where aliases stand now, and since when; those at no version are left out. */
    standing(): Standing[] {
      return modelAliases.flatMap((alias) => {
        const { at, version } = table.newest(alias) ?? { at: '', version: null };
        if (version === null) return [];
        const promoted = readRow('promotions', rowSchema, () => newestPromotion.get(alias, version));
        return [{ alias, version, since: at, override: promoted?.override ?? null }];
      });
    },
    /** Seals of the models that hold an alias now. */
    standingSeals: (): string[] => table.standing().map(({ version }) => versions.get(version).seal),
  };
  return table;
}
export type Promotions = ReturnType<typeof promotionsTable>;

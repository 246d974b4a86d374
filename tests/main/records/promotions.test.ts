import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Records } from '../../../src/main/records/index.ts';
import { versionsBefore } from '../../../src/pipeline/domain/alias-history.ts';
import type { GateCheck, ModelAlias } from '../../../src/pipeline/domain/registry.ts';
import { temporaryFolder, testRecords } from '../../helpers/records.ts';

const seal = (n: number): string => String(n).repeat(64).slice(0, 64);

function withVersions(count: number, path = join(temporaryFolder(), 'hilum.db')): { records: Records; path: string } {
  const records = testRecords(path);
  for (let n = 1; n <= count; n++) records.modelVersions.register(seal(n), null);
  return { records, path };
}

const failed: GateCheck = {
  check: 'honest',
  passed: false,
  required: true,
  overridable: true,
  reason: 'Leaky.',
  figures: { stamp: 'leaky' },
};

function promote(records: Records, alias: ModelAlias, version: number, override: string | null = null): void {
  const previous = records.promotions.newest(alias)?.version ?? null;
  const gates = override === null ? [] : [failed];
  records.promotions.add({ alias, version, previous, deed: 'promote', gates, override, reader: 'r' });
}

function rollBack(records: Records, alias: ModelAlias): void {
  const previous = records.promotions.newest(alias)?.version ?? null;
  const [version] = records.promotions.before(alias);
  if (version === undefined) return;
  records.promotions.add({ alias, version, previous, deed: 'rollback', gates: [], override: null, reader: 'r' });
}

describe('versions of models', () => {
  it('are numbered once and for ever; tags, notes and their trail', () => {
    const { records } = withVersions(2);
    expect(records.modelVersions.register(seal(1), 'other-run')).toMatchObject({ version: 1, run: null });
    expect(records.modelVersions.list().map(({ version }) => version)).toEqual([2, 1]);
    records.annotateModel(1, { notes: { after: 'first' }, addTags: ['b', 'a', 'a'], removeTags: [] });
    records.annotateModel(1, { notes: { before: 'first', after: 'second' }, addTags: [], removeTags: ['b'] });
    expect(records.modelVersions.get(1).notes).toBe('second');
    expect(records.modelTags.all()).toEqual(new Map([[1, ['a']]]));
    const change = { notes: { before: 'first', after: 'third' }, addTags: ['lost'], removeTags: [] };
    expect(() => records.annotateModel(1, change)).toThrow('registry/changed');
    expect(records.modelTags.of(1)).toEqual(['a']);
    expect(() => records.modelVersions.get(3)).toThrow('registry/unknown-version');
    const actions = records.audit.list(0, 100).map(({ action, details }) => [action, JSON.parse(details)]);
    expect(actions).toEqual([
      ['model/registered', { version: 1, run: null }],
      ['model/registered', { version: 2, run: null }],
      ['model/annotated', { version: 1, notes: true, tags: 3 }],
      ['model/annotated', { version: 1, notes: true, tags: 1 }],
    ]);
  });
});

describe('promotions', () => {
  it('say where an alias stands, what was overridden, and write the trail', () => {
    const { records } = withVersions(3);
    promote(records, 'champion', 1);
    promote(records, 'champion', 2, 'because');
    promote(records, 'challenger', 3);
    expect(records.promotions.standing()).toMatchObject([
      { alias: 'champion', version: 2, override: 'because' },
      { alias: 'challenger', version: 3, override: null },
    ]);
    expect(records.promotions.standingSeals()).toEqual([seal(2), seal(3)]);
    promote(records, 'champion', 3);
    rollBack(records, 'champion');
    // A rollback to what was put there against a gate does not mend the gate.
    expect(records.promotions.standing()[0]).toMatchObject({ version: 2, override: 'because' });
    const overridden = records.audit.ofAction('model/gate-overridden');
    expect(overridden.map(({ subject, details }) => [subject, JSON.parse(details).failed])).toEqual([
      [seal(2), 'honest'],
    ]);
    expect(records.audit.ofAction('model/rolled-back')).toHaveLength(1);
    expect(records.audit.verify().ok).toBe(true);
  });

  it('are refused where the alias stands elsewhere by now, with all that belongs to them', () => {
    const { records } = withVersions(2);
    promote(records, 'champion', 1);
    const late = {
      alias: 'champion',
      previous: null,
      deed: 'promote',
      gates: [],
      override: null,
      reader: 'r',
    } as const;
    expect(() => records.promotions.add({ ...late, version: 2 })).toThrow('registry/changed');
    const good = { ...late, alias: 'challenger', version: 2 } as const;
    expect(() => records.promotions.add(good, { ...late, version: 2 })).toThrow('registry/changed');
    expect(records.promotions.list()).toHaveLength(1);
  });

  it('can be neither changed nor deleted, by whoever has the file; a version with a history cannot go', () => {
    const { records, path } = withVersions(2);
    promote(records, 'champion', 1, 'for ever');
    const db = new Database(path);
    db.pragma('foreign_keys = ON');
    expect(() => db.exec('UPDATE promotions SET override = NULL')).toThrow('append-only');
    expect(() => db.exec('DELETE FROM promotions')).toThrow('append-only');
    expect(() => db.exec('DELETE FROM model_versions WHERE version = 1')).toThrow('FOREIGN KEY');
    expect(() =>
      db.exec(
        "INSERT INTO promotions (at, alias, version, deed, gates, reader) VALUES ('', 'best', 1, 'promote', '[]', 'r')",
      ),
    ).toThrow('CHECK');
    db.close();
    expect(records.promotions.list()).toMatchObject([{ override: 'for ever' }]);
  });
});

/** The reference: a pile of places for each alias. */
class Pile {
  places: (number | null)[] = [];
  get top(): number | null {
    return this.places.at(-1) ?? null;
  }
  rollBack(): void {
    const present = this.top;
    const below = this.places.slice(0, -1).findLastIndex((place) => place !== null && place !== present);
    if (below >= 0) this.places = this.places.slice(0, below + 1);
  }
}

describe('any sequence of promotions, rollbacks and clearings', () => {
  const deed = fc.record({
    alias: fc.constantFrom<ModelAlias>('champion', 'challenger'),
    what: fc.oneof(fc.constantFrom('rollback' as const, 'clear' as const), fc.integer({ min: 1, max: 4 })),
  });

  it('leaves each alias where the reference machine has it', () => {
    void fc.assert(
      fc.property(fc.array(deed, { maxLength: 25 }), (sequence) => {
        const { records } = withVersions(4);
        const piles = { champion: new Pile(), challenger: new Pile() };
        for (const { alias, what } of sequence) {
          const pile = piles[alias];
          const previous = records.promotions.newest(alias)?.version ?? null;
          expect(previous).toBe(pile.top);
          if (what === 'rollback') {
            rollBack(records, alias);
            pile.rollBack();
          } else if (what === 'clear') {
            if (previous === null) continue;
            records.promotions.add({
              alias,
              version: null,
              previous,
              deed: 'clear',
              gates: [],
              override: null,
              reader: 'r',
            });
            pile.places.push(null);
          } else if (what !== previous) {
            promote(records, alias, what);
            pile.places.push(what);
          }
        }
        for (const alias of ['champion', 'challenger'] as const) {
          expect(records.promotions.newest(alias)?.version ?? null).toBe(piles[alias].top);
        }
        records.close();
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('a rollback passes over what is gone, and the next one goes on from there', () => {
    const move = (deedOf: 'promote' | 'rollback', version: number) => ({ deed: deedOf, version });
    const history = [move('promote', 1), move('promote', 2), move('promote', 3)];
    expect(versionsBefore(history)).toEqual([2, 1]);
    expect(versionsBefore([...history, move('rollback', 1)])).toEqual([]);
    expect(versionsBefore([...history, move('rollback', 2)])).toEqual([1]);
    expect(versionsBefore([...history, move('rollback', 2), move('promote', 4)])).toEqual([2, 1]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openRecords, type Records } from '../../../../src/main/records/index.ts';
import { completeFilter } from '../../../../src/main/studies/run-filter/complete.ts';
import { queryRuns, type RunsQuery } from '../../../../src/main/studies/runs-table/query.ts';
import { openRunsTable, type RunsTable } from '../../../../src/main/studies/runs-table/table.ts';
import { epochRow, temporaryFolder, testRecords } from '../../../helpers/records.ts';
import { addRun, addSampleRuns } from '../../../helpers/runs.ts';

/** Runs that no test changes. */
let shared: RunsTable;
const folder = mkdtempSync(join(tmpdir(), 'hilum-test-'));
beforeAll(() => {
  const records = openRecords(join(folder, 'hilum.db'), clock());
  addSampleRuns(records);
  shared = openRunsTable(records);
  return () => {
    records.close();
    rmSync(folder, { recursive: true });
  };
});

function sample(): { records: Records; table: RunsTable } {
  const records = testRecords(join(temporaryFolder(), 'hilum.db'), clock());
  addSampleRuns(records);
  return { records, table: openRunsTable(records) };
}

/** A minute later each time somebody looks. */
function clock(): { now(): Date } {
  let minute = 0;
  return { now: () => new Date(2026, 0, 31, 0, minute++) };
}

const plain: RunsQuery = {
  filter: '',
  sort: { by: 'started', descending: true },
  columns: [],
  all: false,
  offset: 0,
  limit: 100,
};
const namesOf = (table: RunsTable, query: Partial<RunsQuery>): string[] => {
  const { rows, fault } = queryRuns(table, { ...plain, ...query });
  expect(fault).toBeNull();
  return rows.map(({ row }) => row.run.name);
};

describe('filters find', () => {
  it.each([
    ['', ['crop 2', 'crop 10', 'plain']],
    ['leaky', ['crop 10']],
    ['not leaky', ['crop 2', 'plain']],
    ['leaky = no', ['crop 2', 'plain']],
    ['name ~ CROP', ['crop 2', 'crop 10']],
    ['name !~ crop', ['plain']],
    ['name = "CROP 2"', ['crop 2']],
    ['scan/balanced_accuracy > 0.8', ['crop 10']],
    ['scan/balanced_accuracy != 1', ['plain']],
    ['not scan/balanced_accuracy = 1', ['crop 2', 'plain']],
    ['"slice/Renal cyst/sensitivity" >= 0.5', ['plain']],
    ['best validation_loss < 0.45', ['crop 10']],
    ['last validation_loss < 0.75', ['plain']],
    ['max validation_loss = 0.8', ['crop 10']],
    ['tags = ct', ['crop 10', 'plain']],
    ['tags = baseline and tags = ct', ['plain']],
    ['tags != baseline', ['crop 10']],
    ['not tags = baseline', ['crop 2', 'crop 10']],
    ['has tags', ['crop 10', 'plain']],
    ['not has notes', ['crop 2', 'plain']],
    ['notes ~ \'"result"\'', ['crop 10']],
    ['params.head.dropout = 0.2', ['plain']],
    ['params.head.dropout = off', ['crop 2']],
    ['params.augmentation.flip', ['plain']],
    ['params.augmentation.flip = false', ['crop 10']],
    ['params.head.hidden = [64]', ['plain']],
    ['outcome = failed or outcome = cancelled', ['crop 2', 'crop 10']],
    ['split = 666666666666', ['crop 10']],
    ['seed > 7', ['crop 10']],
    ['params.seed = 7', ['plain']],
    ['duration > 1min and duration < 1h', ['crop 2', 'crop 10', 'plain']],
    ['duration < 60', []],
    ['started > 2026-01-30', ['crop 2', 'crop 10', 'plain']],
    ['started > 2026-01-31', []],
    ['started = 2026-01-31', ['crop 2', 'crop 10', 'plain']],
    ['epochs = 3', ['plain']],
    ['(leaky or name = plain) and not outcome = cancelled', ['plain']],
  ])('%s', (filter, names) => expect(namesOf(shared, { filter })).toEqual(names));

  it.each([
    ['scan/balanced_acuracy > 1', 0, 'a column; did you mean "scan/balanced_accuracy"?'],
    ['leaky and zzzzzzzzzz = 1', 10, 'a column'],
    ['scan/log_loss > high', 16, 'a number'],
    ['scan/log_loss ~ 1', 13, '= != < <= > >='],
    ['name < a', 4, '= != ~ !~'],
    ['name', 4, '= != ~ !~'],
    ['started > monday', 10, 'a date such as 2026-01-31'],
    ['duration < soon', 11, 'a duration such as 10min'],
    ['leaky = maybe', 8, 'true or false'],
    ['has nothing_like_it', 4, 'a column'],
    ['name = ', 7, 'a value'],
  ])('no run but a fault for: %s', (filter, at, expected) => {
    expect(queryRuns(shared, { ...plain, filter })).toEqual({ total: 0, of: 3, rows: [], fault: { at, expected } });
  });
});

it('times are compared to the minute that is written', () => {
  const { records, table } = sample();
  const { startedAt } = records.runs.get('id-2');
  const started = new Date(startedAt);
  const two = (part: number): string => String(part).padStart(2, '0');
  const minute = `2026-01-31 ${two(started.getHours())}:${two(started.getMinutes())}`;
  expect(namesOf(table, { filter: `started <= "${minute}"` })).toEqual(['crop 10', 'plain']);
  expect(namesOf(table, { filter: `started = "${minute}"` })).toEqual(['crop 10']);
  expect(namesOf(table, { filter: `started > ${startedAt}` })).toEqual(['crop 2']);
});

describe('the order of runs', () => {
  it('is by number, by text as people count, by time; without a value last either way', () => {
    const { table } = sample();
    const by = (key: string, descending: boolean): string[] => namesOf(table, { sort: { by: key, descending } });
    expect(by('name', false)).toEqual(['crop 2', 'crop 10', 'plain']);
    expect(by('name', true)).toEqual(['plain', 'crop 10', 'crop 2']);
    expect(by('scan/log_loss', false)).toEqual(['crop 10', 'plain', 'crop 2']);
    expect(by('scan/log_loss', true)).toEqual(['plain', 'crop 10', 'crop 2']);
    expect(by('started', false)).toEqual(['plain', 'crop 10', 'crop 2']);
    expect(by('gone', false)).toEqual(['crop 2', 'crop 10', 'plain']);
  });

  it('has pinned runs first whatever it is by', () => {
    const { records, table } = sample();
    records.runs.label('id-2', { pinned: true });
    for (const descending of [true, false]) {
      expect(namesOf(table, { sort: { by: 'scan/log_loss', descending } })[0]).toBe('crop 10');
    }
    expect(namesOf(table, { filter: 'pinned' })).toEqual(['crop 10']);
  });
});

it('a query gives one page, the counts, and the cells in the order asked for', () => {
  const { table } = sample();
  const columns = ['best validation_loss', 'gone', 'tags', 'scan/log_loss', 'leaky'];
  const answer = queryRuns(table, { ...plain, columns, offset: 1, limit: 1 });
  expect({ ...answer, rows: answer.rows.length }).toMatchObject({ total: 3, of: 3, rows: 1 });
  expect(answer.rows[0]?.cells).toEqual([0.4, null, 'CT', { value: 0.1, low: null, high: null }, true]);
  expect(namesOf(table, { all: true })).toEqual(['plain', 'crop 2', 'crop 10', 'plain']);
});

describe('columns', () => {
  it('are those that some run has, in plain words, with the way that is better', () => {
    const { table } = sample();
    const columns = table.columns();
    const about = (key: string) => {
      const { title, kind, better } = columns.get(key) ?? {};
      return [title, kind, better];
    };
    expect(about('scan/log_loss')).toEqual(['Log loss, scans', 'number', 'lower']);
    expect(about('slice/Renal cyst/sensitivity')).toEqual(['Sensitivity of Renal cyst, slices', 'number', 'higher']);
    expect(about('best validation_loss')).toEqual(['Validation loss, best epoch', 'number', 'lower']);
    expect(about('params.head.dropout')).toEqual(['head: dropout', 'text', null]);
    expect(about('params.augmentation.flip')).toEqual(['augmentation: flip', 'flag', null]);
    for (const absent of ['params.seed', 'params.backbone.weights', 'best learning_rate', 'best validation_accuracy']) {
      expect(columns.has(absent)).toBe(false);
    }
  });

  it('name their values, the most frequent first', () => {
    const { table } = sample();
    const valuesOf = (key: string): readonly string[] => {
      const column = table.columns().get(key);
      return column === undefined ? [] : table.valuesOf(column);
    };
    expect(valuesOf('outcome')).toEqual(['completed', 'cancelled', 'failed']);
    expect(valuesOf('tags')).toEqual(['CT', 'baseline', 'ct']);
  });
});

it('the table that is kept up to date equals one that is read anew, whatever was written', () => {
  const { records, table } = sample();
  const fold = (work: (id: string, value: number) => void) => (pick: number, value: number) => {
    const runs = records.runs.list();
    const run = runs[pick % Math.max(1, runs.length)];
    if (run !== undefined) work(run.id, value);
  };
  const writes = [
    fold((id, value) => records.epochs.add(id, 0, { ...epochRow(1 + (value % 3)), validation_loss: value })),
    fold((id, value) => records.runMetrics.set(id, { 'scan/auc': { value, low: 0, high: null } })),
    fold((id, value) => records.runTags.change(id, [`t${value % 3}`], ['t1'])),
    fold((id, value) => records.runs.label(id, { name: `n${value}`, pinned: value % 2 === 0 })),
    fold((id, value) => records.runDeletions.hide([id], `u${value}`)),
    fold((_id, value) => records.runDeletions.restore(`u${value}`)),
    fold((id) => records.runs.delete(id)),
    (_pick: number, value: number) => addRun(records, { run: { name: 'new', params: { [`p${value % 4}`]: value } } }),
  ];
  const state = (of: RunsTable): unknown => ({
    columns: [...of.columns().values()].map(({ key, kind }) => [key, kind]),
    rows: queryRuns(of, { ...plain, all: true, columns: [...of.columns().keys()] }),
  });
  const step = fc.tuple(fc.nat({ max: writes.length - 1 }), fc.nat({ max: 9 }), fc.nat({ max: 6 }));
  const property = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    for (const [which, pick, value] of steps) writes[which]?.(pick, value);
    expect(state(table)).toEqual(state(openRunsTable(records)));
  });
  return fc.assert(property, { seed: 4, numRuns: 40 });
});

describe('completion', () => {
  /** `|` is the caret. */
  const complete = (marked: string) => {
    const at = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { from, to, suggestions } = completeFilter(text, at, shared);
    return { taken: text.slice(from, to), texts: suggestions.map((each) => each.text) };
  };

  it.each([
    ['|', '', 'name'],
    ['lea|', 'lea', 'leaky'],
    ['not le|', 'le', 'leaky'],
    ['scan/bal|', 'scan/bal', 'scan/balanced_accuracy'],
    ['ren|', 'ren', '"slice/Renal cyst/sensitivity"'],
    ['best validation_l|', 'best validation_l', '"best validation_loss"'],
    ['name |', '', '~'],
    ['scan/log_loss |', '', '<='],
    ['(name |', '', '='],
    ['name !|', '!', '!~'],
    ['outcome = |', '', 'completed'],
    ['outcome =|', '', 'cancelled'],
    ['outcome = fa|', 'fa', 'failed'],
    ['name = "cr|', '"cr', '"crop 10"'],
    ['params.head.dropout = |', '', '0.2'],
    ['seed = |', '', '8'],
    ['leaky = |', '', 'true'],
    ['leaky |', '', 'and'],
    ['(leaky |', '', ')'],
    ['name = plain |', '', 'or'],
    ['leaky and has no|', 'no', 'notes'],
    ['out|come = failed', 'outcome', 'outcome'],
  ])('at %s takes the place of "%s" and offers %s', (marked, taken, offered) => {
    const found = complete(marked);
    expect(found.taken).toBe(taken);
    expect(found.texts).toContain(offered);
  });

  it('offers what begins with the text first, and nothing behind a fault', () => {
    expect(complete('s|').texts[0]).toBe('started');
    expect(complete('= 3 and |').texts).toEqual([]);
    expect(complete('scan/log_loss = |').texts).toEqual([]);
  });

  it('each suggestion of a column can be read', () => {
    const keys = complete('|').texts.filter((text) => text !== 'not' && text !== 'has');
    for (const key of keys) expect(queryRuns(shared, { ...plain, filter: `has ${key}` }).fault).toBeNull();
  });

  it('never throws, wherever the caret stands', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 40 }), (text, at) => {
      const { from, to } = completeFilter(text, at, shared);
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(text.length);
    });
    return fc.assert(property, { seed: 4, numRuns: 500 });
  });
});

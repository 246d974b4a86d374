import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingKinds } from '../../../src/main/records/findings.ts';
import { newRun, temporaryFolder, testRecords } from '../../helpers/records.ts';

const about = { subject: 'dataset', codeVersion: '0.2.0', datasetHash: null };

describe('findings', () => {
  it('are read back as they were recorded, newest first, by kind and subject', () => {
    const path = join(temporaryFolder(), 'hilum.db');
    const records = testRecords(path);
    const first = records.findings.add({ ...about, kind: 'duel', settings: { a: 'x' }, result: { better: null } });
    const second = records.findings.add({ ...about, kind: 'duel', subject: 'run-1', settings: {}, result: { n: [1] } });
    records.findings.add({ ...about, kind: 'trust', settings: {}, result: {} });
    records.close();

    const again = testRecords(path);
    expect(again.findings.list({ kind: 'duel' }).map(({ id }) => id)).toEqual([second, first]);
    expect(again.findings.list({ kind: 'duel', limit: 1 }).map(({ id }) => id)).toEqual([second]);
    expect(again.findings.list({ kind: 'duel', subject: 'dataset' })).toEqual([again.findings.get(first)]);
    expect(again.findings.get(second)).toEqual({
      ...about,
      id: second,
      kind: 'duel',
      subject: 'run-1',
      madeAt: '2026-01-01T00:00:00.000Z',
      settings: {},
      result: { n: [1] },
    });
    expect(again.findings.list({ kind: 'sweep' })).toEqual([]);
  });

  it('keep any JSON that a result may hold', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const anyKind = fc.constantFrom(...findingKinds);
    void fc.assert(
      fc.property(anyKind, fc.dictionary(fc.string(), fc.jsonValue()), (kind, value) => {
        const result: Record<string, unknown> = JSON.parse(JSON.stringify(value));
        const id = records.findings.add({ ...about, kind, settings: result, result });
        expect(records.findings.get(id)).toMatchObject({ kind, settings: result, result });
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  it('name an id that is not there', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    expect(() => records.findings.get('gone')).toThrow(expect.objectContaining({ code: 'finding/unknown' }));
  });
});

describe('the parent of a run', () => {
  it('is kept, and null where there is none', () => {
    const records = testRecords(join(temporaryFolder(), 'hilum.db'));
    const child = records.runs.start({ ...newRun, parent: 'sweep-1' });
    const alone = records.runs.start(newRun);
    expect(records.runs.get(child).parent).toBe('sweep-1');
    expect(records.runs.get(alone).parent).toBeNull();
  });
});

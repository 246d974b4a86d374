import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { channels } from '../../../src/main/ipc/channels.ts';
import { type Channel, calls } from '../../../src/main/ipc/contract.ts';
import { HilumError } from '../../../src/pipeline/domain/errors.ts';
import { caller, type TestCore, testCore } from '../../helpers/core.ts';
import { buildHilum } from '../../helpers/hilum.ts';
import { addTinyModel, drawScans } from '../../helpers/scans.ts';
import { arbitraryOf } from '../../helpers/schema-arbitrary.ts';

beforeAll(() => buildHilum());

const seed = 20260105;
/** FAULTS N4: 100,000 over all channels. */
const hostileRuns = Math.ceil(100_000 / channels.length);
const shapedRuns = 25;

/** Payloads that no schema of ours takes: strange values, own `__proto__` keys, deep and cyclic ones, getters, functions. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withTypedArray: true }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__": {"polluted": true}}'),
    JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
    JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
    cyclic(),
    {
      get batch() {
        throw new Error('a getter ran');
      },
    },
    () => 1,
    Symbol('s'),
    10n,
    'x'.repeat(200_000),
  ),
);

function cyclic(): unknown {
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  return loop;
}

/** Every table but the audit trail, as text. */
function contentsOf(path: string): string {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    return JSON.stringify(tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()]));
  } finally {
    db.close();
  }
}

async function used(): Promise<{ core: TestCore; batch: string; database: string }> {
  const core = await testCore();
  const folder = await drawScans(core.folder, 3);
  const { job } = await core.ask('batches/start', { folder, model: await addTinyModel(core) });
  const batch = (await core.ended(job)).subject ?? '';
  const { workspace } = await core.ask('app/state', {});
  return { core, batch, database: join(workspace.root, '.hilum', 'hilum.db') };
}

describe('every call', () => {
  it('[N13] stands in the list of channels and in the contract', () => {
    expect([...channels].sort()).toEqual(Object.keys(calls).sort());
  });

  it('[A2] [N4] refuses hostile payloads, and the records stay as they were', async () => {
    const { core, database } = await used();
    const before = contentsOf(database);
    const refusals = new Set<string>();
    for (const channel of channels) {
      await fc.assert(
        fc.asyncProperty(hostile, async (payload) => {
          if (calls[channel].input.safeParse(plainOrNothing(payload)).success) return;
          const reply = await core.core.call(channel, payload, caller);
          expect(reply.ok).toBe(false);
          if (!reply.ok) refusals.add(reply.error.code);
        }),
        { seed, numRuns: hostileRuns },
      );
    }
    expect([...refusals].sort()).toEqual(['call/bad-input', 'call/too-large']);
    expect(core.bugs).toEqual([]);
    expect(contentsOf(database)).toBe(before);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('[N13] answers whatever its schema takes with a value or an error of the table', async () => {
    const { core, batch } = await used();
    const openWorker = () => Promise.reject(new HilumError('worker/not-ready', { reason: 'none in this test' }));
    await core.core.close();
    const shaped = await testCore({ folder: core.folder, openWorker });
    for (const channel of channels) {
      const input = arbitraryOf(z.toJSONSchema(calls[channel].input, { io: 'input' }), {
        batch,
        class: 'Stone',
        item: 1,
        frame: 0,
        folder: join(core.folder, 'incoming'),
      });
      await fc.assert(
        fc.asyncProperty(input, async (payload) => {
          const reply = await shaped.core.call(channel, payload, caller);
          if (!reply.ok)
            expect({ channel, payload, code: reply.error.code }).not.toMatchObject({ code: 'bug/unexpected' });
        }),
        { seed, numRuns: runsOf(channel) },
      );
    }
    expect(shaped.bugs).toEqual([]);
  });

  it('[N13] is unknown under any other name', async () => {
    const { core } = await testCore();
    for (const name of ['', '__proto__', 'constructor', 'toString', 'batches', 'batches/listx', 'BATCHES/LIST']) {
      expect(await core.call(name, {}, caller)).toEqual({ ok: false, error: { code: 'call/unknown', facts: {} } });
    }
  });
});

/** A question without fields is always the same one. */
function runsOf(channel: Channel): number {
  return Object.keys(calls[channel].input.shape).length === 0 ? 2 : shapedRuns;
}

/** What of a payload a schema may look at without running foreign code. */
function plainOrNothing(payload: unknown): unknown {
  try {
    return structuredClone(payload);
  } catch {
    return undefined;
  }
}

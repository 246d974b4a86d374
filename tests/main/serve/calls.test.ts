import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channels } from '../../../src/main/ipc/channels.ts';
import { calls } from '../../../src/main/ipc/contract.ts';
import { requirePlain } from '../../../src/main/ipc/plain.ts';
import { toEnvelope } from '../../../src/pipeline/domain/errors.ts';
import { type Asked, ask, bearer, post, raw, serve, token } from '../../helpers/served.ts';

const json = { ...bearer(), 'Content-Type': 'application/json' };

it('hands the question to the core as it is, and the answer to the page, error or not', async () => {
  const { server, core } = await serve({
    answer: ({ channel }) =>
      channel === 'app/state'
        ? { ok: true, value: { n: 1 } }
        : { ok: false, error: { code: 'job/unknown', facts: {} } },
  });
  const question = { job: 'łódź \u2028 "quoted"', deep: [{ a: null }, 1.5, false] };
  const good = await post(server, 'app/state', question);
  expect([good.status, good.headers['content-type'], good.headers['cache-control']]).toEqual([
    200,
    'application/json; charset=utf-8',
    'no-store',
  ]);
  expect(good.json()).toEqual({ ok: true, value: { n: 1 } });
  expect(core.asked[0]?.question).toEqual(question);
  const bad = await post(server, 'jobs/cancel', { job: 'x' });
  expect([bad.status, bad.json()]).toEqual([200, { ok: false, error: { code: 'job/unknown', facts: {} } }]);
});

describe('questions that do not reach the core', () => {
  const cases: readonly [string, string, Record<string, string>, string | Uint8Array, number, string][] = [
    ['another channel', '/api/app/nothing', json, '{}', 404, 'call/unknown'],
    ['a name of the prototype', '/api/constructor', json, '{}', 404, 'call/unknown'],
    ['a name of the prototype', '/api/__proto__', json, '{}', 404, 'call/unknown'],
    ['no channel', '/api/', json, '{}', 404, 'call/unknown'],
    ['an encoded channel', '/api/app%2fstate', json, '{}', 404, 'call/unknown'],
    ['a form', '/api/app/state', { ...json, 'Content-Type': 'text/plain' }, '{}', 400, 'call/bad-input'],
    ['no type', '/api/app/state', bearer(), '{}', 400, 'call/bad-input'],
    ['a compressed body', '/api/app/state', { ...json, 'Content-Encoding': 'gzip' }, '{}', 400, 'call/bad-input'],
    ['no body', '/api/app/state', json, '', 400, 'call/bad-input'],
    ['half a body', '/api/app/state', json, '{"a":', 400, 'call/bad-input'],
    ['bytes that are no text', '/api/app/state', json, new Uint8Array([0x22, 0xff, 0x22]), 400, 'call/bad-input'],
  ];
  it.each(cases)('%s: %s', async (_name, path, headers, body, status, code) => {
    const { server, core } = await serve();
    const answer = await ask(server, path, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(answer.json()).toMatchObject({ ok: false, error: { code } });
    expect(core.asked).toEqual([]);
  });

  it('every other method', async () => {
    const { server, core } = await serve();
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      const answer = await ask(server, '/api/app/state', { method, headers: json });
      expect([answer.status, answer.headers.allow], method).toEqual([405, 'POST']);
    }
    expect(core.asked).toEqual([]);
  });
});

describe('[N6] the size of a question', () => {
  const limit = calls['app/state'].maxBytes + 1024;

  it('up to the limit of its channel is read', async () => {
    const { server, core } = await serve();
    const body = JSON.stringify('x'.repeat(limit - 2));
    expect((await ask(server, '/api/app/state', { method: 'POST', headers: json, body })).status).toBe(200);
    expect(core.asked).toHaveLength(1);
  });

  it('past it is refused by its announced length, before a byte of it was sent', async () => {
    const { server, core } = await serve();
    const head = `POST /api/app/state HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
    const { closed } = raw(server, `${head}Content-Length: ${limit + 1}\r\n\r\n`);
    const text = await closed;
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain(`"call/too-large","facts":{"limit":${limit}}`);
    expect(core.asked).toEqual([]);
  });

  it('without an announced length is counted as it comes', async () => {
    const { server, core } = await serve();
    const head = `POST /api/app/state HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const piece = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    // The last piece never comes: whoever waited for the end of the body would wait for ever.
    const { closed } = raw(server, head + piece.repeat(5));
    expect(await closed).toMatch(/^HTTP\/1\.1 413 /);
    expect(core.asked).toEqual([]);
  });
});

it('[A2] whatever is sent to whatever channel: an envelope comes back, prototypes stay, nothing breaks', async () => {
  const reached: string[] = [];
  const checked = ({ channel, question }: Asked) => {
    const call = channels.find((each) => each === channel);
    if (call === undefined) throw new Error('no channel');
    requirePlain(question, calls[call].maxBytes);
    if (!calls[call].input.safeParse(question).success) return { ok: true, value: 'refused by its schema' } as const;
    reached.push(JSON.stringify(question));
    return { ok: true, value: {} } as const;
  };
  const { server, bugs } = await serve({
    answer: (asked) => {
      try {
        return checked(asked);
      } catch (error) {
        const { code, facts } = toEnvelope(error);
        return { ok: false, error: { code, facts: { ...facts } } };
      }
    },
  });
  const poison = fc.constantFrom(
    '{"__proto__":{"polluted":true}}',
    '{"a":{"__proto__":{"polluted":true}}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '[{"prototype":{}}]',
    '['.repeat(20_000),
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    '1e999',
    '-0',
    '"\\ud800"',
    '{"path":"\\u0000/etc/passwd"}',
    'NaN',
    'null',
  );
  const body = fc.oneof(
    poison,
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify({ path: value })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...channels), body), { minLength: 20, maxLength: 20 }),
      async (questions) => {
        const answers = await Promise.all(
          questions.map(([channel, text]) =>
            ask(server, `/api/${channel}`, { method: 'POST', headers: json, body: text }),
          ),
        );
        for (const answer of answers) {
          expect([200, 400]).toContain(answer.status);
          expect(answer.json()).toHaveProperty('ok');
        }
      },
    ),
    { seed: 2, numRuns: 100 },
  );
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  expect(reached.filter((question) => /__proto__|prototype/.test(question))).toEqual([]);
  expect(bugs).toEqual([]);
});

it('a core that fails in an unforeseen way costs one answer, and the fault is told without its message', async () => {
  const { server, bugs } = await serve({
    answer: () => {
      throw new TypeError('/home/patient/scan.dcm');
    },
  });
  const answer = await post(server, 'app/state', {});
  expect([answer.status, answer.json()]).toEqual([
    500,
    { ok: false, error: { code: 'bug/unexpected', facts: { name: 'TypeError' } } },
  ]);
  expect(bugs).toHaveLength(1);
});

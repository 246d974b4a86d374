import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ClientOptions, openClient } from '../../../../src/main/interop/mlflow/client.ts';
import { Credentials, credentialsOfEnvironment } from '../../../../src/main/interop/mlflow/credentials.ts';
import { serverOf } from '../../../../src/main/interop/mlflow/server.ts';
import { HilumError } from '../../../../src/pipeline/domain/errors.ts';
import { type Fault, fakeMlflow } from '../../../helpers/fake-mlflow.ts';
import { secret } from './world.ts';

const anything = z.looseObject({});

async function client(fault: (count: number) => Fault, options: Partial<ClientOptions> = {}) {
  const fake = await fakeMlflow();
  fake.fault = (_request, count) => fault(count);
  const server = serverOf(fake.url, 'test');
  const credentials = new Credentials('environment', `Bearer ${secret}`);
  const signal = new AbortController().signal;
  return {
    fake,
    ask: openClient({ server, credentials, signal, attempts: 3, firstPauseMs: 1, timeoutMs: 300, ...options }),
  };
}

const search = '/api/2.0/mlflow/experiments/search';

describe('client of a server that misbehaves', () => {
  it.each([
    [{ status: 500 }, 'HTTP 500'],
    [{ status: 503 }, 'HTTP 503'],
    [{ status: 429 }, 'HTTP 429'],
    ['hang', 'no answer in time'],
    ['cut before', 'the connection failed'],
  ] as const)('%j: asks again, then says that it is not reachable', async (fault, what) => {
    const { fake, ask } = await client(() => fault);
    await expect(ask.post(search, {}, anything, true)).rejects.toMatchObject({
      code: 'tracking/unreachable',
      facts: { what: expect.stringContaining(what) },
    });
    expect(fake.requests).toHaveLength(3);
  });

  it('goes on when the server recovers', async () => {
    const { fake, ask } = await client((count) => (count < 3 ? { status: 502 } : undefined));
    await expect(ask.post(search, {}, anything, true)).resolves.toEqual({ experiments: [] });
    expect(fake.requests).toHaveLength(3);
  });

  it('repeats what is no setting only when the server did nothing for certain', async () => {
    const lost = await client(() => 'cut after');
    await expect(lost.ask.post('/api/2.0/mlflow/experiments/create', { name: 'a' }, anything)).rejects.toThrow();
    expect(lost.fake.requests).toHaveLength(1);
    const busy = await client((count) => (count === 1 ? { status: 429, headers: { 'retry-after': '0' } } : undefined));
    await busy.ask.post('/api/2.0/mlflow/experiments/create', { name: 'a' }, anything);
    expect(busy.fake.requests).toHaveLength(2);
  });

  it.each([
    [401, 'tracking/denied'],
    [403, 'tracking/denied'],
    [404, 'tracking/not-mlflow'],
  ])('HTTP %i is %s at once', async (status, code) => {
    const { fake, ask } = await client(() => ({ status, body: '<html>' }));
    await expect(ask.get('/x', anything)).rejects.toMatchObject({ code });
    expect(fake.requests).toHaveLength(1);
  });

  it.each(['', 'no JSON', '[1]', '"text"', '{"experiments": 7}'])(
    'an answer of another form is told: %j',
    async (body) => {
      const { ask } = await client(() => ({ status: 200, body }));
      const wanted = z.object({ experiments: z.array(z.unknown()) });
      await expect(ask.get('/x', wanted)).rejects.toMatchObject({ code: 'tracking/not-mlflow' });
    },
  );

  it('does not read an answer without end', async () => {
    const { ask } = await client(() => ({ status: 200, body: 'x'.repeat(65 * 2 ** 20) }), { timeoutMs: 20_000 });
    await expect(ask.get('/x', anything)).rejects.toMatchObject({ code: 'tracking/not-mlflow' });
  });

  it('follows within the origin and takes its token nowhere else', async () => {
    const elsewhere = await fakeMlflow();
    const { fake, ask } = await client((count) => {
      if (count === 1) return { status: 307, headers: { location: search } };
      return count === 2 ? undefined : { status: 307, headers: { location: `${elsewhere.url}${search}` } };
    });
    await ask.post('/old', {}, anything, true);
    expect(fake.requests[1]?.headers.authorization).toBe(`Bearer ${secret}`);
    await expect(ask.post(search, {}, anything, true)).rejects.toMatchObject({ code: 'tracking/redirected' });
    expect(elsewhere.requests).toEqual([]);
  });

  it('stops at once when it is called off', async () => {
    const controller = new AbortController();
    const { ask } = await client(() => 'hang', { signal: controller.signal, timeoutMs: 60_000 });
    const asked = ask.get('/x', anything);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled/by-user' });
  });

  it('no error, and no printed object, holds the token', async () => {
    const { ask } = await client(() => ({ status: 400, body: JSON.stringify({ error_code: 'X', message: secret }) }));
    const error = await ask.get(`/x?token=${secret}`, anything).catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    expect(error).toBeInstanceOf(HilumError);
    const credentials = credentialsOfEnvironment({ MLFLOW_TRACKING_TOKEN: secret });
    for (const shown of [error, credentials, ask]) {
      expect(`${inspect(shown, { depth: 9, showHidden: true })}${JSON.stringify(shown)}`).not.toContain(secret);
    }
  });
});

describe('addresses', () => {
  it.each(['file:///x', 'databricks', './mlruns', 'sqlite:///a.db', 'javascript:1', ''])('%j is none', (written) => {
    expect(() => serverOf(written, 'test')).toThrow(expect.objectContaining({ code: 'tracking/bad-address' }));
  });

  it.each(['http://user:pw@host', 'https://tok@host/x', 'http://h/?token=1', 'http://h/#t'])(
    '%j is refused unread',
    (written) => {
      const thrown = (() => {
        try {
          return serverOf(written, 'test');
        } catch (error) {
          return error;
        }
      })();
      expect(thrown).toMatchObject({ code: 'tracking/secret-in-address', facts: { from: 'test' } });
    },
  );

  it('leaves out slashes at the end', () => {
    expect(serverOf(' https://h:8443/mlflow/ ', 'test')).toEqual({
      address: 'https://h:8443/mlflow',
      origin: 'https://h:8443',
    });
  });
});

describe('credentials', () => {
  it('user and password win over a token, as with the client of MLflow', () => {
    const env = { MLFLOW_TRACKING_TOKEN: 't', MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: 'p' };
    expect(credentialsOfEnvironment(env)?.header).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
    expect(credentialsOfEnvironment({ MLFLOW_TRACKING_TOKEN: 't' })?.header).toBe('Bearer t');
    expect(credentialsOfEnvironment({ MLFLOW_TRACKING_USERNAME: 'u' })).toBeUndefined();
  });
});

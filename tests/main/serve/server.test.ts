import { expect, it } from 'vitest';
import type { Reply } from '../../../src/main/ipc/contract.ts';
import { ask, handTimers, post, raw, serve, token } from '../../helpers/served.ts';

it('says which port is taken', async () => {
  const first = await serve();
  await expect(serve({ port: first.server.port })).rejects.toMatchObject({
    code: 'serve/port-taken',
    facts: { port: first.server.port, host: '127.0.0.1' },
  });
});

it('an open question is answered before the server ends; new ones and idle connections are not waited for', async () => {
  let answer = (_reply: Reply<unknown>): void => undefined;
  let reached = (): void => undefined;
  const inside = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { server } = await serve({
    timers: handTimers(),
    answer: () =>
      new Promise((resolve) => {
        answer = resolve;
        reached();
      }),
  });
  const idle = raw(server, `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
  await new Promise((resolve) => idle.socket.once('data', resolve));
  const pending = post(server, 'app/state', {});
  await inside;
  const closed = server.close();
  expect(server.close()).toBe(closed);
  await idle.closed;
  await expect(ask(server, '/health')).rejects.toThrow('ECONNREFUSED');
  answer({ ok: true, value: 'in time' });
  expect((await pending).json()).toEqual({ ok: true, value: 'in time' });
  await closed;
});

it('a question that nobody answers does not hold the server', async () => {
  const timers = handTimers();
  let reached = (): void => undefined;
  const inside = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const { server } = await serve({
    timers,
    answer: () => {
      reached();
      return new Promise(() => undefined);
    },
  });
  const pending = post(server, 'app/state', {});
  const failed = expect(pending).rejects.toThrow();
  await inside;
  const closed = server.close();
  timers.fire();
  await Promise.all([closed, failed]);
});

it('the address that opens the page works once and leads to the token; every other one leads to the page without it', async () => {
  const { server } = await serve();
  const path = new URL(server.openingUrl()).pathname;
  expect(path).not.toContain(token);
  const first = await ask(server, path);
  expect([first.status, first.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(first.text).toContain(`url=/#token=${token}"`);
  expect(JSON.stringify(first.headers)).not.toContain(token);
  for (const spent of [path, '/open/', '/open/x', `${path}/..`]) {
    const answer = await ask(server, spent);
    expect([answer.status, answer.headers.location, answer.text], spent).toEqual([303, '/', '']);
  }
});

it('two servers do not know of each other', async () => {
  const [first, second] = [await serve(), await serve()];
  expect(new Set([first.server.port, second.server.port]).size).toBe(2);
  await post(first.server, 'app/state', {});
  expect([first.core.asked.length, second.core.asked.length]).toEqual([1, 0]);
});

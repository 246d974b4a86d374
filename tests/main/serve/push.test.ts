import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Push } from '../../../src/main/ipc/contract.ts';
import { handTimers, raw, type Served, serve, token } from '../../helpers/served.ts';

interface Listener {
  readonly socket: WebSocket;
  readonly texts: string[];
  readonly closed: Promise<number>;
}

async function listen({ server }: Served): Promise<Listener> {
  const origin = `http://127.0.0.1:${server.port}`;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/push`, ['hilum.v1', `bearer.${token}`], { origin });
  onTestFinished(() => socket.terminate());
  const texts: string[] = [];
  socket.on('message', (data) => texts.push(String(data)));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  return { socket, texts, closed };
}

it('what the core says reaches every page as it was said, in order', async () => {
  const served = await serve();
  const pages = [await listen(served), await listen(served)];
  const said: Push[] = Array.from({ length: 200 }, (_, n) => ({ topic: 'batch', batch: `łódź ${n}` }));
  for (const push of said) served.core.push(push);
  for (const { texts } of pages) {
    await expect.poll(() => texts.length).toBe(200);
    expect(texts.map((text) => JSON.parse(text))).toEqual(said);
  }
});

it('a page that speaks is let go; the core hears nothing of it', async () => {
  const served = await serve();
  const { socket, closed } = await listen(served);
  socket.send('{"topic":"batch"}');
  expect(await closed).toBe(1003);
  const large = await listen(served);
  large.socket.send('x'.repeat(10_000));
  expect(await large.closed).toBe(1009);
  expect(served.core.asked).toEqual([]);
});

it('a page that does not answer a ping is dropped at the next one; one that answers stays', async () => {
  const timers = handTimers();
  const served = await serve({ timers });
  const alive = await listen(served);
  const dead = raw(
    served.server,
    `GET /push HTTP/1.1\r\nHost: 127.0.0.1:${served.server.port}\r\nOrigin: http://127.0.0.1:${served.server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nSec-WebSocket-Protocol: hilum.v1, bearer.${token}\r\n\r\n`,
  );
  await new Promise((resolve) => dead.socket.once('data', resolve));
  const pinged = new Promise((resolve) => alive.socket.once('ping', resolve));
  timers.fire();
  await pinged;
  // The server answers this ping after it has read the page's answer to its own.
  const answered = new Promise((resolve) => alive.socket.once('pong', resolve));
  alive.socket.ping();
  await answered;
  timers.fire();
  const text = await dead.closed;
  expect(text).toContain('101 Switching Protocols');
  expect(text).not.toContain(token);
  served.core.push({ topic: 'changed', what: 'models' });
  await expect.poll(() => alive.texts.length).toBe(1);
});

it('a page that does not read is dropped before it fills the memory', async () => {
  const served = await serve();
  const slow = await listen(served);
  slow.socket.pause();
  const good = await listen(served);
  const batch = 'x'.repeat(1024 * 1024);
  for (let sent = 1; sent <= 64; sent++) {
    served.core.push({ topic: 'batch', batch });
    await expect.poll(() => good.texts.length, { interval: 1 }).toBe(sent);
  }
  slow.socket.resume();
  expect(await slow.closed).toBe(1006);
  expect(slow.texts.length).toBeLessThan(64);
});

it('with the server every connection ends, and the core is listened to no more', async () => {
  const served = await serve();
  const { closed } = await listen(served);
  expect(served.core.listeners).toBe(1);
  await served.server.close();
  expect(await closed).toBe(1001);
  expect(served.core.listeners).toBe(0);
});

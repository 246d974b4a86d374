import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { endMessage, type FromWorker } from '../../src/pipeline/protocol.ts';
import { openChannel } from '../../src/pipeline/worker-channel.ts';

const ready: FromWorker = { type: 'ready', pid: 1 };

class ForkedSelf extends EventEmitter {
  readonly sent: unknown[] = [];
  send(message: unknown): boolean {
    this.sent.push(message);
    return true;
  }
}

class ParentPort extends EventEmitter {
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

it('under Node speaks through the channel of the fork', () => {
  const self = new ForkedSelf();
  const channel = openChannel(self);
  const heard: unknown[] = [];
  let ends = 0;
  channel.onMessage((raw) => heard.push(raw));
  channel.onDisconnect(() => ends++);
  channel.send(ready);
  self.emit('message', { type: 'cancel', id: 'a' });
  self.emit('disconnect');
  expect([self.sent, heard, ends]).toEqual([[ready], [{ type: 'cancel', id: 'a' }], 1]);
});

it('without any channel loses what it says, and does not fail', () => {
  const channel = openChannel(new EventEmitter());
  expect(() => channel.send(ready)).not.toThrow();
});

it('as a utility process speaks through the port of its parent, and is asked to end by a message', () => {
  const parentPort = new ParentPort();
  const self = Object.assign(new ForkedSelf(), { parentPort });
  const channel = openChannel(self);
  const heard: unknown[] = [];
  let ends = 0;
  channel.onMessage((raw) => heard.push(raw));
  channel.onDisconnect(() => ends++);
  channel.send(ready);
  parentPort.emit('message', { data: { type: 'ack', id: 'a', seq: 1 }, ports: [] });
  parentPort.emit('message', { data: endMessage, ports: [] });
  expect(parentPort.posted).toEqual([ready]);
  expect(heard).toEqual([{ type: 'ack', id: 'a', seq: 1 }]);
  expect(ends).toBe(1);
  expect(self.sent).toEqual([]);
});

it.each([null, undefined, 'port', {}, { postMessage: () => undefined }])('a parentPort of %j is none', (parentPort) => {
  const self = Object.assign(new ForkedSelf(), { parentPort });
  openChannel(self).send(ready);
  expect(self.sent).toEqual([ready]);
});

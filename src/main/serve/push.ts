import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Core } from '../ipc/core.ts';
import type { Timers } from '../jobs/timers.ts';
import { addressOf } from './exchange.ts';
import type { Guard } from './guard.ts';
import { serveLimits } from './limits.ts';
import { refuseSocket } from './reply.ts';
import { badInput, notFound } from './transport-fault.ts';

const protocol = 'hilum.v1';
const bearer = 'bearer.';

export interface PushHub {
  /** Takes over a connection that asks to become a WebSocket, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every page that the server ends. */
  close(): void;
  /** Cuts the pages that did not go. */
  drop(): void;
}

/**
 * `GET /push`: what the core says, as JSON, to every page that is connected. A browser cannot set headers on a WebSocket, so
 * the token comes as a second protocol, `bearer.<token>`, which is never answered. Pages have nothing to say here.
 */
export function openPushHub(core: Core, guard: Guard, timers: Timers): PushHub {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 256,
    handleProtocols: () => protocol,
  });
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    socket.on('message', () => socket.close(1003));
  });
  const stopListening = core.onPush((push) => sendAll(sockets.clients, JSON.stringify(push)));
  const stopPinging = pingAll(sockets.clients, timers);
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      try {
        requirePush(request, guard);
      } catch (error) {
        refuseSocket(socket, error);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (page) => sockets.emit('connection', page, request));
    },
    close() {
      stopListening();
      stopPinging();
      for (const socket of sockets.clients) socket.close(1001);
      sockets.close();
    },
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function requirePush(request: IncomingMessage, guard: Guard): void {
  guard.requireOwnPage(request);
  if (addressOf(request).path !== '/push' || request.method !== 'GET') throw notFound();
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  guard.requireToken(offered.find((name) => name.startsWith(bearer))?.slice(bearer.length));
  if (!offered.includes(protocol)) throw badInput(`the protocol ${protocol} is not offered`);
}

function sendAll(sockets: Iterable<WebSocket>, text: string): void {
  for (const socket of sockets) {
    if (socket.readyState !== WebSocket.OPEN) continue;
    socket.send(text);
    if (socket.bufferedAmount > serveLimits.pushBacklogBytes) socket.terminate();
  }
}

/** A page that did not answer the last ping is gone. @returns how to stop */
function pingAll(sockets: Iterable<WebSocket>, timers: Timers): () => void {
  const silent = new WeakSet<WebSocket>();
  let stop = (): void => undefined;
  const round = (): void => {
    for (const socket of sockets) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
    stop = timers.after(serveLimits.pingMs, round);
  };
  stop = timers.after(serveLimits.pingMs, round);
  return () => stop();
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errnoOf, HilumError } from '../../pipeline/domain/errors.ts';
import type { Core } from '../ipc/core.ts';
import { realTimers, type Timers } from '../jobs/timers.ts';
import { type PageFiles, readPageFiles } from '../page/page-files.ts';
import type { Downloads } from './downloads.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { bearerOf, type Guard, guardOf } from './guard.ts';
import { hostCheck, inAddress, loopback } from './hosts.ts';
import { serveLimits } from './limits.ts';
import { openOpenings } from './openings.ts';
import { openPushHub, type PushHub } from './push.ts';
import { refuseSocket, sendError } from './reply.ts';
import { type Route, routeOf, routesOf } from './routes.ts';
import { tokenCheck } from './token.ts';
import { badInput, notFound, TransportFault } from './transport-fault.ts';
import type { UploadStore } from './uploads.ts';

export interface ServerOptions {
  readonly core: Core;
  readonly uploads: UploadStore;
  readonly downloads: Downloads;
  /** Address to listen on. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly token: string;
  /** Names by which pages reach the server, besides loopback and `host`. */
  readonly allowedHosts: readonly string[];
  /** The built page. */
  readonly rendererFolder: string;
  /** Told of a fault of our own, by route. */
  readonly onBug: (route: string, error: unknown) => void;
  readonly timers?: Timers;
}

export interface RunningServer {
  /** Address of the page, without the token. */
  readonly url: string;
  readonly port: number;
  /** Address that opens the page with its token, once and within two minutes. */
  openingUrl(): string;
  /** Takes no more requests, lets open ones end, drops the rest. Twice is once. */
  close(): Promise<void>;
}

/**
 * The page and its calls for a browser (DESIGN section 6): the same contract as in the app, over HTTP and a WebSocket.
 * @throws HilumError `serve/no-page`, `serve/port-taken`, `serve/cannot-listen`
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { core, uploads, downloads, token, timers = realTimers, onBug } = options;
  const files = await readPageFiles(options.rendererFolder);
  const openings = openOpenings(token);
  const routes = routesOf({ core, uploads, downloads, openings, files });
  const server = createServer({
    // A file of gigabytes may take its time; what counts is that something moves.
    requestTimeout: 0,
    headersTimeout: 10_000,
  });
  server.timeout = serveLimits.idleMs;
  server.keepAliveTimeout = serveLimits.idleMs;
  const port = await listen(server, options.host, options.port);
  const guard = guardOf(hostCheck(options.host, port, options.allowedHosts), tokenCheck(token));
  const hub = openPushHub(core, guard, timers);
  let closing: Promise<void> | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.on('close', () => {
      if (closing !== undefined) server.closeIdleConnections();
    });
    const exchange = exchangeOf(request, response);
    if (closing !== undefined) sendError(response, new TransportFault(503, 'call/lost'));
    else await answerOne(exchange, guard, routes, files, onBug);
  };
  server.on('request', (request, response) => void answer(request, response));
  server.on('upgrade', hub.upgrade);
  server.on('clientError', (_error, socket) => refuseSocket(socket, badInput('it is no HTTP')));
  const url = `http://${addressFor(options.host)}:${port}/`;
  return {
    url,
    port,
    openingUrl: () => new URL(openings.make(), url).href,
    close: () => {
      closing ??= closeAll(server, hub, timers).then(() => downloads.close());
      return closing;
    },
  };
}

async function answerOne(
  exchange: Exchange,
  guard: Guard,
  routes: readonly Route[],
  files: PageFiles,
  onBug: ServerOptions['onBug'],
): Promise<void> {
  const { request, response, path } = exchange;
  let route: Route | undefined;
  try {
    guard.requirePlace(request);
    route = routeOf(path, routes, files);
    if (route === undefined) throw notFound();
    if (route.needsToken) guard.requireToken(bearerOf(request));
    if (!route.methods.includes(request.method ?? '')) {
      response.setHeader('Allow', route.methods.join(', '));
      throw new TransportFault(405, 'call/unknown');
    }
    await route.answer(path.slice(route.path.length), exchange);
  } catch (error) {
    // A request that its sender cut has nobody to answer.
    if (request.destroyed && !request.complete) return;
    if (!(error instanceof TransportFault) && !(error instanceof HilumError)) onBug(route?.path ?? '/', error);
    sendError(response, error);
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenError(error: unknown, host: string, port: number): HilumError {
  const errno = errnoOf(error) ?? 'unknown';
  if (errno === 'EADDRINUSE') return new HilumError('serve/port-taken', { port, host }, { cause: error });
  return new HilumError('serve/cannot-listen', { port, host, errno }, { cause: error });
}

async function closeAll(server: Server, hub: PushHub, timers: Timers): Promise<void> {
  hub.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const giveUp = timers.after(serveLimits.graceMs, () => {
    hub.drop();
    server.closeAllConnections();
  });
  await closed;
  giveUp();
}

/** An address that means "all of this machine" is none to open. */
function addressFor(host: string): string {
  return host === '0.0.0.0' || host === '::' ? loopback : inAddress(host);
}

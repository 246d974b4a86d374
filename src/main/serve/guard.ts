import type { IncomingMessage } from 'node:http';
import { TransportFault } from './transport-fault.ts';

/** What a request must bring before anything of it is looked at. */
export interface Guard {
  /** The Host header names this server, and a page of another origin did not send the request. @throws TransportFault 403 */
  requirePlace(request: IncomingMessage): void;
  /** The same, and the origin is named: browsers let any page open a WebSocket anywhere. @throws TransportFault 403 */
  requireOwnPage(request: IncomingMessage): void;
  /** @throws TransportFault 401 */
  requireToken(given: string | undefined): void;
}

export function guardOf(isHost: (header: string) => boolean, isToken: (given: string | undefined) => boolean): Guard {
  const place = (request: IncomingMessage, originMayBeAbsent: boolean): void => {
    const host = only(request.headersDistinct.host);
    if (host === undefined || !isHost(host)) throw refused(403);
    const origins = request.headersDistinct.origin;
    if (origins === undefined && originMayBeAbsent) return;
    // https where a proxy of the operator's stands in between.
    const origin = only(origins)?.toLowerCase();
    const own = host.toLowerCase();
    if (origin !== `http://${own}` && origin !== `https://${own}`) throw refused(403);
  };
  return {
    requirePlace: (request) => place(request, true),
    requireOwnPage: (request) => place(request, false),
    requireToken(given) {
      if (!isToken(given)) throw refused(401);
    },
  };
}

/** Token of the Authorization header. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/.exec(request.headers.authorization ?? '')?.[1];
}

function only(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined;
}

const refused = (status: number): TransportFault => new TransportFault(status, 'access/refused');

import { isIPv4, isIPv6 } from 'node:net';

export const loopback = '127.0.0.1';
const loopbackNames = [loopback, 'localhost', '[::1]'];
const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/;
const httpPort = 80;

/** Only programs of this machine reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** As it stands in an address: IPv6 in brackets. */
export function inAddress(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** `NAME` or `NAME:PORT`, as a browser writes it in the Host header. */
export function isHostName(name: string): boolean {
  return hostPattern.test(name.toLowerCase());
}

/**
 * Says whether a Host header names this server: a page of another site whose name was turned towards this machine carries
 * its own name (DNS rebinding).
 * @param allowed names of the operator's: with a port exactly that one, without one any (ports are mapped by containers and proxies)
 */
export function hostCheck(host: string, port: number, allowed: readonly string[]): (header: string) => boolean {
  const own = new Set([...loopbackNames, inAddress(host).toLowerCase()]);
  const named = new Set(allowed.map((name) => name.toLowerCase()));
  return (header) => {
    const text = header.toLowerCase();
    const [, name, digits] = hostPattern.exec(text) ?? [];
    if (name === undefined) return false;
    return (own.has(name) && Number(digits ?? httpPort) === port) || named.has(name) || named.has(text);
  };
}

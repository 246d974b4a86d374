import { HilumError } from '../../domain/errors.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws HilumError `source/url-scheme` for anything but https, and http on loopback */
export function allowedAddress(location: string, base?: URL): URL {
  const address = URL.parse(location, base?.href);
  const allowed =
    address !== null &&
    (address.protocol === 'https:' || (address.protocol === 'http:' && loopbackHosts.has(address.hostname)));
  if (!allowed) throw new HilumError('source/url-scheme');
  return address;
}

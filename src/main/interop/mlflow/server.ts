import { HilumError } from '../../../pipeline/domain/errors.ts';

/** A tracking server, by its address without user and password. */
export interface TrackingServer {
  /** `https://host:port/path`, no slash at the end: links and origins of runs name the server by it. */
  readonly address: string;
  /** What a token is kept under, and what alone may be sent it: `https://host:port`. */
  readonly origin: string;
}

/**
 * Reads an address as MLFLOW_TRACKING_URI or config.yaml has it.
 * @param from where it stands, for the sentence: the address itself may hold a password and is not repeated
 * @throws HilumError `tracking/bad-address`, `tracking/secret-in-address`
 */
export function serverOf(written: string, from: string): TrackingServer {
  const url = URL.canParse(written.trim()) ? new URL(written.trim()) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new HilumError('tracking/bad-address', { from });
  }
  if (url.username !== '' || url.password !== '') throw new HilumError('tracking/secret-in-address', { from });
  // A question or a fragment can hold a token too, and no MLflow server is reached by one.
  if (url.search !== '' || url.hash !== '') throw new HilumError('tracking/secret-in-address', { from });
  return { address: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, origin: url.origin };
}

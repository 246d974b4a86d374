import { HilumError } from '../../../pipeline/domain/errors.ts';

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredToken',
  'Forbidden',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
]);

/** What S3 said, by the name of the error only: its message may hold a key or an address with one. */
export function s3Error(error: unknown, remote: string, signal?: AbortSignal): unknown {
  if (error instanceof HilumError) return error;
  if (signal?.aborted === true) return new HilumError('cancelled/by-user');
  const what = nameOf(error);
  if (what === undefined) return error;
  const status = statusOf(error);
  if (denied.has(what) || status === 401 || status === 403) return new HilumError('remote/denied', { remote, what });
  return new HilumError('remote/unreachable', { remote, what }, { cause: error });
}

/** The object, or the bucket, is not there. */
export function isAbsent(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes(nameOf(error) ?? '');
}

/** Node's own code where there is one (`ECONNREFUSED`), else the name that S3 gave. */
function nameOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (['TypeError', 'RangeError', 'ReferenceError', 'AssertionError'].includes(error.name)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /^[\w.-]{1,60}$/.test(code) ? code : 'unknown';
}

function statusOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return metadata.httpStatusCode;
}

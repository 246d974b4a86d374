import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { openKeychain } from '../../keychain/index.ts';
import { md5 } from '../../workspace/hashes.ts';
import type { DvcRemote } from '../dvc/config.ts';
import { eachAtOnce } from './at-once.ts';
import { type BucketKeys, keptKeys } from './bucket-keys.ts';
import type { Environment, RemoteKind } from './index.ts';
import { isAbsent, s3Error } from './s3-errors.ts';
import { partBytes, sendInParts } from './s3-parts.ts';
import { contentMd5, keyOf, type RemoteStore } from './store.ts';

/** A bucket of Amazon S3, or of another server that speaks its protocol (`endpointurl`). */
export const s3Remote: RemoteKind = {
  name: 's3',
  scheme: 's3',
  open: async (name, settings, env) => {
    const place = placeOf(settings.url ?? '');
    return s3Store(name, place, await connect(settings, env));
  },
};

export interface S3Place {
  readonly bucket: string;
  /** Empty, or with `/` at its end. */
  readonly prefix: string;
}

/** More than so many objects are listed folder by folder, fewer are asked for one by one. */
const mostAsked = 512;

function s3Store(remote: string, { bucket, prefix }: S3Place, client: S3Client): RemoteStore {
  const objectOf = (oid: string) => ({ Bucket: bucket, Key: `${prefix}${keyOf(oid)}` });
  return {
    sizesOf: (oids, signal) =>
      (oids.length > mostAsked
        ? listed(client, { bucket, prefix }, oids, signal)
        : asked(client, objectOf, oids, signal)
      ).catch((error: unknown) => {
        throw s3Error(error, remote, signal);
      }),
    async send(oid, path, signal) {
      try {
        const { size } = await stat(path);
        if (size > partBytes) await sendInParts(client, objectOf(oid), oid, path, signal);
        else await sendWhole(client, objectOf(oid), oid, path, signal);
      } catch (error) {
        throw s3Error(error, remote, signal);
      }
    },
    async receive(oid, from, signal) {
      const { GetObjectCommand } = await import('@aws-sdk/client-s3');
      const range = from > 0 ? { Range: `bytes=${from}-` } : {};
      try {
        const { Body } = await client.send(new GetObjectCommand({ ...objectOf(oid), ...range }), {
          abortSignal: signal,
        });
        if (Body instanceof Readable) return Body;
        throw new HilumError('remote/unreachable', { remote, what: 'no body' });
      } catch (error) {
        if (isAbsent(error)) return undefined;
        // There is nothing behind the offset: what came before is all of it.
        if (error instanceof Error && error.name === 'InvalidRange') return Readable.from([]);
        throw s3Error(error, remote, signal);
      }
    },
    faultOf: (error) => s3Error(error, remote),
    close: () => client.destroy(),
  };
}

/** @throws HilumError `remote/bad-url` */
function placeOf(url: string): S3Place {
  const match = /^s3:\/\/([a-z0-9][a-z0-9._-]{1,62})(?:\/(.*))?$/i.exec(url);
  if (match === null) throw new HilumError('remote/bad-url', { what: 'expected s3://bucket/prefix' });
  const prefix = (match[2] ?? '').replace(/^\/+|\/+$/g, '');
  return { bucket: match[1] ?? '', prefix: prefix === '' ? '' : `${prefix}/` };
}

async function connect(settings: DvcRemote, env: Environment): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const endpoint = settings.endpointurl ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const usual = endpoint === undefined ? undefined : 'us-east-1';
  const region = settings.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? usual;
  const credentials = await credentialsOf(settings, env);
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(region === undefined ? {} : { region }),
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
    ...(credentials === undefined ? {} : { credentials }),
    // Content-MD5 is sent with every object; other servers than Amazon's do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** Keys of the configuration, or of the keychain where neither environment nor profile has any; else the SDK looks. */
async function credentialsOf(
  settings: DvcRemote,
  env: Environment,
): Promise<(BucketKeys & { readonly sessionToken?: string }) | undefined> {
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, session_token: sessionToken } = settings;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  const isGiven = [settings.profile, env.AWS_ACCESS_KEY_ID, env.AWS_PROFILE].some((each) => each !== undefined);
  return isGiven ? undefined : keptKeys(await openKeychain(), settings);
}

async function asked(
  client: S3Client,
  objectOf: (oid: string) => { Bucket: string; Key: string },
  oids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
  const sizes = new Map<string, number>();
  await eachAtOnce(oids, signal, async (oid, abortSignal) => {
    try {
      const { ContentLength } = await client.send(new HeadObjectCommand(objectOf(oid)), { abortSignal });
      sizes.set(oid, ContentLength ?? 0);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  });
  return sizes;
}

async function listed(
  client: S3Client,
  { bucket, prefix }: S3Place,
  oids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const wanted = new Map(oids.map((oid) => [`${prefix}${keyOf(oid)}`, oid]));
  const folders = [...new Set(oids.map((oid) => oid.slice(0, 2)))];
  const sizes = new Map<string, number>();
  await eachAtOnce(folders, signal, async (folder, abortSignal) => {
    const input = { Bucket: bucket, Prefix: `${prefix}files/md5/${folder}/` };
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, input, { abortSignal })) {
      for (const { Key = '', Size = 0 } of Contents) {
        const oid = wanted.get(Key);
        if (oid !== undefined) sizes.set(oid, Size);
      }
    }
  });
  return sizes;
}

async function sendWhole(
  client: S3Client,
  object: { Bucket: string; Key: string },
  oid: string,
  path: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const bytes = await readFile(path);
  if (md5(bytes) !== contentMd5(oid)) throw new HilumError('dvc/object-corrupt', { oid });
  const checked = Buffer.from(contentMd5(oid), 'hex').toString('base64');
  await client.send(new PutObjectCommand({ ...object, Body: bytes, ContentMD5: checked }), { abortSignal });
}

import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { HilumError } from '../../../pipeline/domain/errors.ts';
import { contentMd5 } from './store.ts';

/** Larger files go in parts of this size; S3 wants at least 5 MiB. */
export const partBytes = 8 * 2 ** 20;
const mostParts = 10_000;

interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
}

/** What an earlier, cut upload left: its parts count when their content is still the file's. */
interface Begun {
  readonly id: string;
  /** MD5 by number. */
  readonly parts: ReadonlyMap<number, string>;
}

/**
 * Sends a large file in parts; the object appears when the last has arrived. Parts of an interrupted upload are not sent
 * again. @throws HilumError `dvc/object-corrupt`: nothing is kept then
 */
export async function sendInParts(
  client: S3Client,
  object: S3Object,
  oid: string,
  path: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand } = await import(
    '@aws-sdk/client-s3'
  );
  const begun = await begunUpload(client, object, abortSignal);
  const created = async () => (await client.send(new CreateMultipartUploadCommand(object), { abortSignal })).UploadId;
  const upload: Begun = begun ?? { id: (await created()) ?? '', parts: new Map() };
  const file = await open(path, 'r');
  try {
    const { parts, md5 } = await sendParts(client, object, upload, file, abortSignal);
    if (md5 !== contentMd5(oid)) {
      await client.send(new AbortMultipartUploadCommand({ ...object, UploadId: upload.id }), { abortSignal });
      throw new HilumError('dvc/object-corrupt', { oid });
    }
    const whole = { ...object, UploadId: upload.id, MultipartUpload: { Parts: parts } };
    await client.send(new CompleteMultipartUploadCommand(whole), { abortSignal });
  } finally {
    await file.close();
  }
}

async function sendParts(
  client: S3Client,
  object: S3Object,
  upload: Begun,
  file: FileHandle,
  abortSignal: AbortSignal,
): Promise<{ parts: CompletedPart[]; md5: string }> {
  const { UploadPartCommand } = await import('@aws-sdk/client-s3');
  const { size } = await file.stat();
  const step = Math.max(partBytes, Math.ceil(size / mostParts));
  const whole = createHash('md5');
  const parts: CompletedPart[] = [];
  for (let at = 0; at < size; at += step) {
    const PartNumber = parts.length + 1;
    const bytes = Buffer.alloc(Math.min(step, size - at));
    await file.read(bytes, 0, bytes.length, at);
    whole.update(bytes);
    const digest = createHash('md5').update(bytes).digest();
    const known = upload.parts.get(PartNumber) === digest.toString('hex');
    const place = { ...object, UploadId: upload.id, PartNumber };
    const sending = { ...place, Body: bytes, ContentMD5: digest.toString('base64') };
    const sent = known ? undefined : await client.send(new UploadPartCommand(sending), { abortSignal });
    parts.push({ PartNumber, ETag: sent?.ETag ?? `"${digest.toString('hex')}"` });
  }
  return { parts, md5: whole.digest('hex') };
}

/** The newest upload of this object that was begun and never ended. */
async function begunUpload(client: S3Client, object: S3Object, abortSignal: AbortSignal): Promise<Begun | undefined> {
  const { ListMultipartUploadsCommand } = await import('@aws-sdk/client-s3');
  const asked = { Bucket: object.Bucket, Prefix: object.Key };
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand(asked), { abortSignal });
  const own = Uploads.filter(({ Key, UploadId }) => Key === object.Key && UploadId !== undefined);
  const newest = own.sort((a, b) => Number(b.Initiated ?? 0) - Number(a.Initiated ?? 0))[0]?.UploadId;
  if (newest === undefined) return undefined;
  const parts = await partsOf(client, { ...object, UploadId: newest }, abortSignal);
  return { id: newest, parts };
}

/** Page by page as long as there is more: servers name a next marker also where nothing follows. */
async function partsOf(
  client: S3Client,
  upload: S3Object & { readonly UploadId: string },
  abortSignal: AbortSignal,
): Promise<Map<number, string>> {
  const { ListPartsCommand } = await import('@aws-sdk/client-s3');
  const found = new Map<number, string>();
  for (let marker: string | undefined; ; ) {
    const asked = { ...upload, ...(marker === undefined ? {} : { PartNumberMarker: marker }) };
    const {
      Parts = [],
      IsTruncated,
      NextPartNumberMarker,
    } = await client.send(new ListPartsCommand(asked), {
      abortSignal,
    });
    for (const { PartNumber, ETag } of Parts) {
      if (PartNumber !== undefined && ETag !== undefined) found.set(PartNumber, ETag.replaceAll('"', ''));
    }
    if (IsTruncated !== true || NextPartNumberMarker === undefined || NextPartNumberMarker === marker) return found;
    marker = NextPartNumberMarker;
  }
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchObjects } from '../../../src/main/interop/remote/fetch-objects.ts';
import { pushObjects } from '../../../src/main/interop/remote/push-objects.ts';
import { s3Remote } from '../../../src/main/interop/remote/s3.ts';
import { partBytes } from '../../../src/main/interop/remote/s3-parts.ts';
import { keyOf } from '../../../src/main/interop/remote/store.ts';
import { md5 } from '../../../src/main/workspace/hashes.ts';
import { hilum } from '../../helpers/cli.ts';
import { cacheWith, emptyCache, options, soundObjects } from '../../main/interop/remote/world.ts';
import { canRun, dvc, keys, startS3 } from './peer.ts';
import { env, forgetData, makeStudy, moved, outputsOf, run } from './study.ts';

const targets = ['artifacts/dataset', 'artifacts/split.csv'];
const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
const settings = { access_key_id: credentials.accessKeyId, secret_access_key: credentials.secretAccessKey };

async function bucketAt(endpoint: string): Promise<S3Client> {
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'kidney' }));
  return client;
}

describe.skipIf(!canRun('S3 as remote'))('a bucket as remote, with real DVC on the other side', () => {
  beforeAll(() => {
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
  });

  it('what we push DVC pulls, what DVC pushes we pull; a spoilt object is refused and named', async () => {
    const endpoint = await startS3();
    const client = await bucketAt(endpoint);
    const root = await makeStudy();
    await run(root, 'remote', 'add', 'ours', 's3://kidney/ours', '--endpoint', endpoint, '--default');
    await run(root, 'remote', 'add', 'theirs', 's3://kidney/theirs/deep', '--endpoint', endpoint);
    const before = outputsOf(root);
    expect((await moved(root, 'push')).moved).toBeGreaterThan(6);
    expect(await moved(root, 'push')).toMatchObject({ moved: 0, missing: [] });
    expect(dvc(root, 'status', '--cloud', ...targets)).toContain('in sync');
    forgetData(root);
    dvc(root, 'pull', ...targets);
    expect(outputsOf(root)).toEqual(before);

    dvc(root, 'push', '-r', 'theirs', ...targets);
    forgetData(root);
    const pulled = await hilum(['pull', '--json', '--remote', 'theirs'], { cwd: root, env });
    expect(JSON.parse(pulled.stdout), pulled.stderr).toMatchObject({ corrupt: [], restored: targets });
    expect(outputsOf(root)).toEqual(before);

    forgetData(root);
    const bad = md5(Buffer.from(before['/artifacts/split.csv'] ?? '', 'base64'));
    const place = { Bucket: 'kidney', Key: `ours/${keyOf(bad)}` };
    await client.send(new PutObjectCommand({ ...place, Body: 'rotten' }));
    const refused = await hilum(['pull', '--json'], { cwd: root, env });
    expect(refused.code).toBe(4);
    expect(JSON.parse(refused.stdout)).toMatchObject({ corrupt: [bad], missing: [] });
    client.destroy();
  });

  it('large objects go in parts: a cut upload and a cut download go on', async () => {
    const endpoint = await startS3();
    const client = await bucketAt(endpoint);
    const bytes = randomBytes(2 * partBytes + 12_345);
    const big = md5(bytes);
    const { cache, oid } = await cacheWith({ 'big.bin': bytes, 'small.txt': 'small' });
    const place = { url: 's3://kidney/a', endpointurl: endpoint, ...settings };
    const store = await s3Remote.open('s3', place, {});
    // As a killed push leaves it: begun, two parts there, one of them other bytes.
    const object = { Bucket: 'kidney', Key: `a/${keyOf(big)}` };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
    const first = bytes.subarray(0, partBytes);
    await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber: 1, Body: first }));
    await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber: 2, Body: randomBytes(partBytes) }));
    expect(await pushObjects(cache, store, [oid], options)).toMatchObject({ moved: 3, corrupt: [] });
    const { Body } = await client.send(new GetObjectCommand(object));
    expect(md5((await Body?.transformToByteArray()) ?? new Uint8Array())).toBe(big);
    expect((await client.send(new ListMultipartUploadsCommand({ Bucket: 'kidney' }))).Uploads ?? []).toEqual([]);

    const other = emptyCache();
    mkdirSync(`${other.folder}/tmp/incoming`, { recursive: true });
    writeFileSync(`${other.folder}/tmp/incoming/${big}.part`, first);
    expect(await fetchObjects(other, store, [oid], options)).toMatchObject({ moved: 3, corrupt: [], missing: [] });
    expect(soundObjects(other.folder)).toContain(big);
    store.close();
    client.destroy();
  });

  it('says what is wrong without a key in it', async () => {
    const endpoint = await startS3();
    const absent = await s3Remote.open('s3', { url: 's3://nobody', endpointurl: endpoint, ...settings }, {});
    const { cache, oid } = await cacheWith({ a: 'b' });
    await expect(pushObjects(cache, absent, [oid], options)).rejects.toMatchObject({ code: 'remote/unreachable' });
    absent.close();
    const closed = await s3Remote.open(
      's3',
      { url: 's3://kidney', endpointurl: 'http://127.0.0.1:9', ...settings },
      {},
    );
    const failing = pushObjects(cache, closed, [oid], options);
    await expect(failing).rejects.toMatchObject({ code: 'remote/unreachable', facts: { what: 'ECONNREFUSED' } });
    await expect(failing).rejects.not.toThrow(settings.secret_access_key);
    closed.close();
  });
});

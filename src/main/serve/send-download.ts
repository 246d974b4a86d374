import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { pageHeaders } from '../page/page-headers.ts';
import { attachmentNamed } from './attachment-name.ts';
import type { Downloads } from './downloads.ts';
import type { Exchange } from './exchange.ts';
import { notFound } from './transport-fault.ts';

/** `GET /download/<id>`: the file, once. A transfer that is cut is not to be had again: the page asks for the export anew. */
export async function sendDownload(downloads: Downloads, id: string, { response }: Exchange): Promise<void> {
  const download = await downloads.take(id);
  if (download === undefined) throw notFound();
  try {
    response.writeHead(200, {
      ...pageHeaders,
      'Content-Type': 'application/octet-stream',
      'Content-Length': download.bytes,
      'Content-Disposition': attachmentNamed(download.name),
    });
    await pipeline(createReadStream(download.path), response);
  } catch {
    // The page went away, or the file did: either way the connection is closed before all its bytes came.
    response.destroy();
  } finally {
    await download.discard();
  }
}

import type { CustomScheme } from 'electron';
import type { PageFiles } from '../page/page-files.ts';
import { pageHeaders } from '../page/page-headers.ts';

export const pageAddress = 'app://bundle/index.html';

/** No bypass of the page's policy, no service workers, no extensions, no foreign origins (FAULTS section 3, line 5). */
export const pageScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** The text as it came: nothing is decoded or made shorter, so no spelling of a path can mean a file. */
const address = /^app:\/\/bundle(\/[A-Za-z0-9._/-]{1,200})$/;

/** Answers `app://bundle/<key>` from the files of the page; everything else is 404, with the same headers (FAULTS A6). */
export function pageHandler(files: PageFiles): (request: Pick<Request, 'method' | 'url'>) => Response {
  return ({ method, url }) => {
    const key = address.exec(url)?.[1];
    const file = key === undefined || method !== 'GET' ? undefined : files.get(key);
    if (file === undefined) return new Response(null, { status: 404, headers: { ...pageHeaders } });
    const headers = { ...pageHeaders, 'Cache-Control': file.cache, 'Content-Type': file.type };
    return new Response(new Uint8Array(file.bytes), { status: 200, headers });
  };
}

import type { Core } from '../ipc/core.ts';
import type { PageFiles } from '../page/page-files.ts';
import { answerCall } from './calls.ts';
import type { Downloads } from './downloads.ts';
import type { Exchange } from './exchange.ts';
import type { Openings } from './openings.ts';
import { receiveUpload } from './receive-upload.ts';
import { sendBytes } from './reply.ts';
import { sendDownload } from './send-download.ts';
import { sendPageFile } from './send-page-file.ts';
import { badInput } from './transport-fault.ts';
import type { UploadStore } from './uploads.ts';

/** What answers requests. */
export interface Parts {
  readonly core: Core;
  readonly uploads: UploadStore;
  readonly downloads: Downloads;
  readonly openings: Openings;
  readonly files: PageFiles;
}

export interface Route {
  readonly methods: readonly string[];
  /** Files of the page hold nothing; everything else does. */
  readonly needsToken: boolean;
  /** Path, or its beginning when it ends with `/`. */
  readonly path: string;
  /** @param rest of the path */
  answer(rest: string, exchange: Exchange): Promise<void> | void;
}

/** Every address of the server but those of the page's own files. */
export function routesOf({ core, uploads, downloads, openings }: Parts): readonly Route[] {
  return [
    {
      methods: ['GET', 'HEAD'],
      needsToken: false,
      path: '/health',
      answer: (_rest, { response }) => sendBytes(response, 200, 'application/json; charset=utf-8', '{"ok":true}'),
    },
    {
      methods: ['POST'],
      needsToken: true,
      path: '/api/',
      answer: (channel, exchange) => answerCall(core, channel, exchange),
    },
    {
      methods: ['GET'],
      needsToken: true,
      path: '/download/',
      answer: (id, exchange) => sendDownload(downloads, id, exchange),
    },
    {
      methods: ['PUT'],
      needsToken: true,
      path: '/upload/',
      answer: (id, exchange) => receiveUpload(uploads, id, exchange),
    },
    {
      methods: ['GET'],
      needsToken: true,
      path: '/push',
      answer: () => {
        throw badInput('a WebSocket was expected');
      },
    },
    { methods: ['GET'], needsToken: false, path: '/open/', answer: openings.answer },
  ];
}

/** The route of a path: one of the table, or a file of the page. */
export function routeOf(path: string, routes: readonly Route[], files: PageFiles): Route | undefined {
  const route = routes.find((each) => (each.path.endsWith('/') ? path.startsWith(each.path) : path === each.path));
  const file = files.get(path);
  if (route !== undefined || file === undefined) return route;
  return {
    methods: ['GET', 'HEAD'],
    needsToken: false,
    path,
    answer: (_rest, exchange) => sendPageFile(file, exchange),
  };
}

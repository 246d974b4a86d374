import type { PageFile } from '../page/page-files.ts';
import type { Exchange } from './exchange.ts';
import { sendBytes } from './reply.ts';

export function sendPageFile({ bytes, type, cache }: PageFile, { response }: Exchange): void {
  sendBytes(response, 200, type, bytes, { 'Cache-Control': cache });
}

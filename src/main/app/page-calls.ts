import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { HilumError, toEnvelope } from '../../pipeline/domain/errors.ts';
import { channels, dropChannel } from '../ipc/channels.ts';
import type { Reply } from '../ipc/contract.ts';
import type { Caller, Core } from '../ipc/core.ts';
import { requirePlain } from '../ipc/plain.ts';
import type { ContentsPort, FramePort, IpcPort } from './electron-port.ts';
import { pageOrigin } from './security.ts';

export interface PageCalls {
  readonly electron: { readonly ipcMain: IpcPort };
  readonly contents: ContentsPort;
  readonly caller: Caller;
  /** May still be opening: calls wait for it. */
  readonly core: Promise<Pick<Core, 'call'>>;
  /** The user dropped these. @returns those that may be named from now on */
  dropped(paths: readonly string[]): Promise<readonly string[]>;
}

/** The one way from the page into the core. Every channel of the table, each behind the same check of who asks (FAULTS A1). */
export function answerPage({ electron, contents, caller, core, dropped }: PageCalls): void {
  const serve = (channel: string, answer: (input: unknown) => Promise<Reply<unknown>>): void => {
    electron.ipcMain.handle(channel, async (event, input): Promise<Reply<unknown>> => {
      try {
        if (!isOwnPage(event, contents)) throw new HilumError('access/refused');
        return await answer(input);
      } catch (error) {
        const { code, facts } = toEnvelope(error);
        return { ok: false, error: { code, facts: { ...facts } } };
      }
    });
  };
  for (const channel of channels) serve(channel, async (input) => (await core).call(channel, input, caller));
  serve(dropChannel, async (input) => ({ ok: true, value: await dropped(parseDropped(input)) }));
}

/**
 * True only for the top frame of our window while it shows our page. Everything doubtful is foreign: no frame, one that is
 * gone (reading it throws), one inside another, another origin.
 */
export function isOwnPage(event: { readonly senderFrame: FramePort | null }, contents: ContentsPort): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || frame === undefined || frame.isDestroyed() || frame.detached) return false;
    if (contents.isDestroyed() || frame !== contents.mainFrame || frame.parent !== null) return false;
    return frame.origin === pageOrigin && frame.url.startsWith(`${pageOrigin}/`);
  } catch {
    return false;
  }
}

const droppedSchema = z.array(z.string().min(1).max(4096)).max(4096);
const droppedBytes = 1024 * 1024;

function parseDropped(input: unknown): readonly string[] {
  requirePlain(input, droppedBytes);
  const paths = droppedSchema.safeParse(input);
  if (!paths.success) throw new HilumError('call/bad-input', { what: 'dropped paths' });
  return paths.data.filter((path) => isAbsolute(path) && !path.includes('\0'));
}

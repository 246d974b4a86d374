import { pushChannel } from '../ipc/channels.ts';
import type { Command, Push } from '../ipc/contract.ts';
import type { ContentsPort } from './electron-port.ts';

/** The one way from the core and the menus to the page. */
export interface PagePushes {
  push(push: Push): void;
  command(command: Command, path?: string): void;
}

/**
 * While the page loads, commands wait (a folder given at the start must not be lost) and the rest is dropped: the page asks
 * for the state of things when it is there.
 */
export function pagePushes(contents: ContentsPort): PagePushes {
  const waiting: Push[] = [];
  let isLoaded = false;
  contents.on('did-finish-load', () => {
    isLoaded = true;
    for (const push of waiting.splice(0)) contents.send(pushChannel, push);
  });
  const push = (each: Push): void => {
    if (contents.isDestroyed()) return;
    if (isLoaded) contents.send(pushChannel, each);
    else if (each.topic === 'command') waiting.push(each);
  };
  return {
    push,
    command: (command, path) => push({ topic: 'command', command, path: path ?? null }),
  };
}

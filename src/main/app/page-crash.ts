import type { ContentsPort } from './electron-port.ts';

const mostReloads = 3;

/** Loads the page again after its process died; jobs run elsewhere and go on. A page that dies each time is left. */
export function reloadAfterCrash(contents: ContentsPort, giveUp: () => void): void {
  let reloads = 0;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    if (++reloads > mostReloads) giveUp();
    else contents.reload();
  });
}

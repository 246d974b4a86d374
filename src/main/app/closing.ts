import type { Core } from '../ipc/core.ts';
import type { DialogPort, WindowPort } from './electron-port.ts';

export interface Closing {
  readonly window: WindowPort;
  readonly dialog: Pick<DialogPort, 'showMessageBox'>;
  /** May still be opening. */
  readonly core: Promise<Pick<Core, 'busyWith' | 'close'>>;
  /** After the core is closed and the window gone. */
  quit(): void;
}

const answers = ['Keep running', 'Stop and quit', 'Cancel'] as const;

/**
 * Closing the window ends the program: at once when nothing runs, else after a question. The core is closed before the
 * window is gone, so that every job stops at a safe point and the records are whole.
 */
export function guardClosing({ window, dialog, core, quit }: Closing): void {
  let isDeciding = false;
  const decide = async (): Promise<void> => {
    const opened = await core;
    const busyWith = opened.busyWith();
    const answer = busyWith.length === 0 ? 'Stop and quit' : await ask(dialog, window, busyWith);
    if (answer === 'Stop and quit') {
      window.hide();
      // Whatever goes wrong at the end, the program does end; what was reported as done is on the disk already.
      await opened.close().catch(() => undefined);
      window.destroy();
      quit();
      return;
    }
    isDeciding = false;
    if (answer === 'Keep running') window.minimize();
  };
  window.on('close', (event) => {
    event.preventDefault();
    if (isDeciding) return;
    isDeciding = true;
    // A core that could not be opened ends the program by itself; a question that could not be asked was not answered.
    void decide().catch(() => {
      isDeciding = false;
    });
  });
}

async function ask(
  dialog: Closing['dialog'],
  window: WindowPort,
  busyWith: readonly string[],
): Promise<(typeof answers)[number]> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Hilum',
    message: busyWith.length === 1 ? 'Work is still running.' : `${busyWith.length} jobs are running or queued.`,
    detail: [
      ...busyWith.slice(0, 5),
      '',
      'Keep running: the window is minimised, the taskbar shows how far it is.',
      'Stop and quit: what is finished is kept; it can go on from there later.',
    ].join('\n'),
    buttons: [...answers],
    defaultId: answers.indexOf('Keep running'),
    cancelId: answers.indexOf('Cancel'),
    noLink: true,
  });
  return answers[response] ?? 'Cancel';
}

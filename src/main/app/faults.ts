import { exitCodeOf, sentenceOf, toEnvelope } from '../../pipeline/domain/errors.ts';
import type { AppPort, DialogPort } from './electron-port.ts';

/** The process that the app runs in, as far as it is asked. */
export interface Host extends Pick<NodeJS.Process, 'argv' | 'env' | 'platform' | 'cwd'> {
  readonly on: {
    (event: 'uncaughtException', listener: (error: unknown) => void): unknown;
    (event: 'unhandledRejection', listener: (error: unknown) => void): unknown;
  };
  readonly stderr: { write(text: string): unknown };
  readonly home: string;
}

/** Ends the program with a sentence: what happened and what to do. The records stand on the disk at every moment. */
export type Fail = (error: unknown) => void;

export function createFail(app: Pick<AppPort, 'exit'>, dialog: Pick<DialogPort, 'showErrorBox'>): Fail {
  let hasFailed = false;
  return (error) => {
    if (hasFailed) return;
    hasFailed = true;
    // Code and facts only: the message of a fault of ours may hold the path of a patient's file.
    const { code, facts } = toEnvelope(error);
    dialog.showErrorBox('Hilum cannot go on', `${sentenceOf(code, facts)}\n\n(${code})`);
    app.exit(exitCodeOf(error));
  };
}

/** Faults that nobody caught end the program; Electron's own box would show their message. */
export function failOnFaults(host: Pick<Host, 'on'>, fail: Fail): void {
  host.on('uncaughtException', fail);
  host.on('unhandledRejection', fail);
}

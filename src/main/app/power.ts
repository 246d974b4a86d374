import type { Push } from '../ipc/contract.ts';
import type { PowerPort } from './electron-port.ts';
import { watchJobs } from './job-watch.ts';

/** The machine does not fall asleep while a job runs, and only then (FAULTS F5). The screen may go dark. */
export function keepAwake(power: PowerPort): (push: Push) => void {
  let blocker: number | undefined;
  return watchJobs({
    running: () => {
      blocker ??= power.start('prevent-app-suspension');
    },
    idle: () => {
      if (blocker !== undefined) power.stop(blocker);
      blocker = undefined;
    },
  });
}

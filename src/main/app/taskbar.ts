import type { Job, Push } from '../ipc/contract.ts';
import type { NotificationsPort, WindowPort } from './electron-port.ts';
import { watchJobs } from './job-watch.ts';

/** Past 1 the bar runs without a length. */
const unknownLength = 2;
const noBar = -1;

/** Words without the job's title: it names a folder, and notifications stand on locked screens. */
const words: Readonly<Record<Job['kind'], string>> = {
  classify: 'Classification',
  ingest: 'Reading the dataset',
  split: 'Splitting the dataset',
  study: 'Training',
  demo: 'Demo',
  'demo-study': 'Demo dataset',
  sweep: 'Sweep',
  validate: 'Validation',
  'leak-meter': 'Leak meter',
  shortcuts: 'Shortcut audit',
  suspects: 'Search for suspect labels',
  'verify-run': 'Verification of a run',
  'mlflow-sync': 'Sending to MLflow',
  'data-push': 'Push to the remote',
  'data-pull': 'Pull from the remote',
  'import-network': 'Import of a network',
};

/** Progress on the taskbar while a job runs, and one notification at its end when nobody looks. */
export function showOnTaskbar(
  window: WindowPort,
  Notification: NotificationsPort,
  bringToFront: () => void,
): (push: Push) => void {
  return watchJobs({
    running: ({ progress }) => {
      if (!window.isDestroyed()) window.setProgressBar(progress?.fraction ?? unknownLength);
    },
    idle: () => {
      if (!window.isDestroyed()) window.setProgressBar(noBar);
    },
    ended: (job) => {
      // Whoever cancelled it knows.
      if (job.state === 'cancelled' || window.isDestroyed() || window.isFocused() || !Notification.isSupported())
        return;
      const hasFailed = job.state === 'failed';
      const notification = new Notification({
        title: `${words[job.kind]} ${hasFailed ? 'failed' : 'finished'}`,
        body: hasFailed ? 'Open Hilum to see why.' : 'Open Hilum to see the result.',
      });
      notification.on('click', bringToFront);
      notification.show();
    },
  });
}

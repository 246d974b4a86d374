import { call, type Job, useAction } from '../../../api.ts';
import { isActive } from '../../../stores/jobs.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { onPush, onReconnect } from '../../../transport/pushes.ts';
import { changeSentence } from './changes.ts';

/** Reads a source, null: the one that is set; when it is done, says what that changed. */
export function useReading() {
  return useAction(async (source: string | null) => {
    const before = await call('dataset/get', {});
    const { job } = await call('dataset/ingest', { source });
    const isSame = source === null || source === before.source;
    void tellChanges(job, isSame ? before.summary : null).catch(notifyError);
  });
}

async function tellChanges(id: string, before: Parameters<typeof changeSentence>[0]): Promise<void> {
  const job = await ended(id);
  if (job?.state !== 'completed') return;
  const { summary } = await call('dataset/get', {});
  notify({ text: changeSentence(before, summary), kind: 'good', stayMs: 20_000 });
}

/** The job when it has ended; undefined when it is not on the list any more. */
function ended(id: string): Promise<Job | undefined> {
  return new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const settle = (job: Job | undefined): void => {
      for (const stop of stops) stop();
      resolve(job);
    };
    const look = (): void => {
      call('jobs/list', {}).then(({ jobs }) => {
        const job = jobs.find((each) => each.id === id);
        if (job === undefined || !isActive(job)) settle(job);
      }, reject);
    };
    stops.push(
      onPush((push) => {
        if (push.topic === 'job' && push.job.id === id && !isActive(push.job)) settle(push.job);
      }),
      onReconnect(look),
    );
    look();
  });
}

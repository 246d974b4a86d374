import type { Push } from '../ipc/contract.ts';
import type { Timers } from '../jobs/timers.ts';

const intervalMs = 100;

/** What was told last of one subject, and what waits because that was a moment ago. */
interface Told {
  push: Push;
  waiting: Push | undefined;
  takeBack: () => void;
}

/**
 * Passes pushes on to whoever listens, at most 10 a second of each topic and subject: the first one and changes of a
 * job's state at once, of others only the newest when its time has come.
 */
export function createPushes(timers: Timers) {
  const listeners = new Set<(push: Push) => void>();
  const told = new Map<string, Told>();

  const send = (push: Push): void => {
    for (const listener of listeners) listener(push);
  };
  const sendNow = (key: string, push: Push): void => {
    told.get(key)?.takeBack();
    const entry: Told = { push, waiting: undefined, takeBack: () => undefined };
    entry.takeBack = timers.after(intervalMs, () => {
      const { waiting } = entry;
      told.delete(key);
      if (waiting !== undefined) sendNow(key, waiting);
    });
    told.set(key, entry);
    send(push);
  };

  return {
    push(push: Push): void {
      const key = keyOf(push);
      if (key === undefined) {
        if (push.topic === 'job-gone') forget(told, `job ${push.job}`);
        send(push);
        return;
      }
      const before = told.get(key);
      if (before === undefined || isTurn(before.push, push)) sendNow(key, push);
      else before.waiting = push;
    },
    listen(listener: (push: Push) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What waits is told; nothing is told later. */
    close(): void {
      for (const { takeBack, waiting } of told.values()) {
        takeBack();
        if (waiting !== undefined) send(waiting);
      }
      told.clear();
    },
  };
}

function forget(told: Map<string, Told>, key: string): void {
  told.get(key)?.takeBack();
  told.delete(key);
}

/** Topic and subject; undefined for what is always told at once. */
function keyOf(push: Push): string | undefined {
  switch (push.topic) {
    case 'job':
      return `job ${push.job.id}`;
    case 'batch':
      return `batch ${push.batch}`;
    case 'epoch':
      return `epoch ${push.run} ${push.fold}`;
    case 'changed':
      return `changed ${push.what}`;
    case 'job-gone':
    case 'command':
      return undefined;
    default:
      return push satisfies never;
  }
}

/** A job that begins, ends, or says what it works on. */
function isTurn(before: Push, now: Push): boolean {
  if (before.topic !== 'job' || now.topic !== 'job') return false;
  return before.job.state !== now.job.state || before.job.subject !== now.job.subject;
}

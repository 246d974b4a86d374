import { HilumError, hasCode, toEnvelope } from './domain/errors.ts';
import { type BatchItem, type FromWorker, type StageEvent, toWorkerSchema } from './protocol.ts';
import type { StageContext } from './stages/context.ts';
import { runStage } from './stages/index.ts';
import { openChannel } from './worker-channel.ts';

/**
 * Entry of the worker process: runs stages one at a time on request, reports progress and events, and dies on any
 * fault that nobody caught, so that the supervisor sees an end and never a zombie.
 */
interface Job {
  readonly id: string;
  readonly controller: AbortController;
  readonly acknowledged: Map<number, () => void>;
  readonly pages: PageQueue;
  nextSeq: number;
}

/** Pages of batch items between the message handler and the stage that reads them. */
class PageQueue {
  private readonly waiting: (readonly BatchItem[])[] = [];
  private closed = false;
  private wake: () => void = () => undefined;

  push(items: readonly BatchItem[], last: boolean): void {
    if (items.length > 0) this.waiting.push(items);
    this.closed ||= last;
    this.wake();
  }

  close(): void {
    this.push([], true);
  }

  async *read(): AsyncGenerator<readonly BatchItem[]> {
    for (;;) {
      const page = this.waiting.shift();
      if (page !== undefined) yield page;
      else if (this.closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
  }
}

let current: Job | undefined;
const channel = openChannel(process);

function send(message: FromWorker): void {
  channel.send(message);
}

function startJob(id: string): Job {
  return { id, controller: new AbortController(), acknowledged: new Map(), pages: new PageQueue(), nextSeq: 1 };
}

function contextOf(job: Job): StageContext {
  return {
    signal: job.controller.signal,
    report: (progress) => send({ type: 'progress', id: job.id, progress }),
    emit: (event: StageEvent) => {
      const seq = job.nextSeq++;
      return new Promise<void>((resolve) => {
        job.acknowledged.set(seq, resolve);
        send({ type: 'event', id: job.id, seq, event });
      });
    },
    items: () => job.pages.read(),
  };
}

async function run(job: Job, stage: Parameters<typeof runStage>[0], input: unknown): Promise<void> {
  try {
    const value = await runStage(stage, input, contextOf(job));
    send({ type: 'done', id: job.id, outcome: 'completed', value });
  } catch (error) {
    if (hasCode(error, 'cancelled/by-user')) send({ type: 'done', id: job.id, outcome: 'cancelled', value: null });
    else send({ type: 'failed', id: job.id, error: toEnvelope(error) });
    if (!(error instanceof HilumError)) complain(error);
  } finally {
    current = undefined;
  }
}

function receive(raw: unknown): void {
  const message = toWorkerSchema.parse(raw);
  if (message.type === 'run') {
    if (current !== undefined) throw new Error('a job is running');
    current = startJob(message.id);
    void run(current, message.stage, message.input);
    return;
  }
  if (current?.id !== message.id) return;
  switch (message.type) {
    case 'cancel':
      current.controller.abort();
      current.pages.close();
      return;
    case 'ack':
      current.acknowledged.get(message.seq)?.();
      current.acknowledged.delete(message.seq);
      return;
    case 'items':
      current.pages.push(message.items, message.last);
      return;
    default:
      message satisfies never;
  }
}

/** Kind and place of a fault, for a bug report. Its message stays out: it may hold the path of a patient's file. */
function complain(error: unknown): void {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  process.stderr.write(`${[error instanceof Error ? error.name : typeof error, ...frames].join('\n')}\n`);
}

function dieOf(error: unknown): void {
  complain(error);
  process.exit(1);
}

process.on('uncaughtException', dieOf);
process.on('unhandledRejection', dieOf);
// The terminal sends Ctrl-C to the whole process group; the supervisor decides what it means and sends `cancel`.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
channel.onDisconnect(() => process.exit(0));
channel.onMessage(receive);
send({ type: 'ready', pid: process.pid });

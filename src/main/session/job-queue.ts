import { HilumError, hasCode, toEnvelope } from '../../pipeline/domain/errors.ts';
import type { Job, Push } from '../ipc/contract.ts';
import { paceOf } from '../jobs/pace.ts';
import type { StudyContext } from '../studies/context.ts';
import type { JobContext, JobQueue, JobRequest } from './queue.ts';

export interface QueueOptions {
  /** What every job is given but its own signal, progress and epochs. */
  readonly context: () => StudyContext;
  push(push: Push): void;
  /** Monotonic, for rates. */
  nowMs(): number;
  /** Told of each fault of our own. */
  onBug(kind: string, error: unknown): void;
  /** The same error with the place in a configuration file that it speaks of. */
  locate(error: unknown): Promise<unknown>;
}

interface Entry {
  job: Job;
  readonly request: JobRequest;
  readonly controller: AbortController;
}

const mostEnded = 100;

export function createJobQueue(options: QueueOptions): JobQueue {
  return new OneAtATime(options);
}

class OneAtATime implements JobQueue {
  private readonly options: QueueOptions;
  private readonly waiting: Entry[] = [];
  private running: Entry | undefined;
  /** Resolves when nothing runs or waits any more. */
  private working: Promise<void> = Promise.resolve();
  /** Newest first. */
  private ended: Entry[] = [];
  private closed = false;

  constructor(options: QueueOptions) {
    this.options = options;
  }

  add(request: JobRequest): Job {
    if (this.closed) throw new HilumError('call/lost');
    const { kind, title, subject } = request;
    const { newId, now } = this.options.context();
    const times = { queuedAt: now(), startedAt: null, endedAt: null };
    const job: Job = {
      id: newId(),
      kind,
      title,
      state: 'queued',
      subject,
      progress: null,
      ...times,
      error: null,
      resumable: false,
    };
    const entry = { job, request, controller: new AbortController() };
    this.waiting.push(entry);
    this.tell(entry);
    if (this.running === undefined) this.working = this.work();
    return entry.job;
  }

  list(): readonly Job[] {
    return [...this.alive(), ...this.ended].map(({ job }) => job);
  }

  cancel(id: string): void {
    const entry = this.find(id);
    const place = this.waiting.indexOf(entry);
    if (place >= 0) {
      this.waiting.splice(place, 1);
      this.end(entry, { state: 'cancelled' });
    } else if (entry.job.state === 'running') {
      this.change(entry, { state: 'cancelling' });
      entry.controller.abort();
    }
  }

  dismiss(id: string): void {
    const entry = this.find(id);
    if (!this.ended.includes(entry)) return;
    this.ended = this.ended.filter((each) => each !== entry);
    this.options.push({ topic: 'job-gone', job: id });
  }

  busyWith(): readonly string[] {
    return this.alive().map(({ job }) => job.title);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const { job } of this.alive().reverse()) this.cancel(job.id);
    await this.working;
  }

  private alive(): Entry[] {
    return [...(this.running === undefined ? [] : [this.running]), ...this.waiting];
  }

  private find(id: string): Entry {
    const entry = [...this.alive(), ...this.ended].find(({ job }) => job.id === id);
    if (entry === undefined) throw new HilumError('job/unknown');
    return entry;
  }

  private async work(): Promise<void> {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      this.running = next;
      const ending = await this.run(next);
      this.running = undefined;
      this.end(next, ending);
    }
  }

  private async run(entry: Entry): Promise<Partial<Job>> {
    this.change(entry, { state: 'running', startedAt: this.options.context().now() });
    try {
      await entry.request.run(this.contextOf(entry));
      return { state: 'completed', resumable: false };
    } catch (error) {
      if (hasCode(error, 'cancelled/by-user')) return { state: 'cancelled' };
      const { code, facts } = toEnvelope(await this.options.locate(error));
      if (code === 'bug/unexpected') this.options.onBug(entry.job.kind, error);
      return { state: 'failed', error: { code, facts: { ...facts } } };
    }
  }

  private contextOf(entry: Entry): JobContext {
    const context = this.options.context();
    const pace = paceOf(this.options.nowMs);
    return {
      ...context,
      signal: entry.controller.signal,
      showProgress: () => ({
        update: (progress) => this.change(entry, { progress: { ...progress, ...pace(progress) } }),
        stop: () => undefined,
      }),
      onEpoch: (run, fold, metrics) => this.options.push({ topic: 'epoch', run, fold, metrics }),
      onRun: (run) => {
        this.change(entry, { subject: run });
        this.options.push({ topic: 'changed', what: 'runs' });
      },
      setSubject: (subject) => this.change(entry, { subject }),
      setResumable: (resumable) => this.change(entry, { resumable }),
    };
  }

  private end(entry: Entry, ending: Partial<Job>): void {
    this.ended.unshift(entry);
    this.change(entry, { ...ending, endedAt: this.options.context().now() });
    for (const { job } of this.ended.splice(mostEnded)) this.options.push({ topic: 'job-gone', job: job.id });
  }

  private change(entry: Entry, part: Partial<Job>): void {
    entry.job = { ...entry.job, ...part };
    this.tell(entry);
  }

  private tell({ job }: Entry): void {
    this.options.push({ topic: 'job', job });
  }
}

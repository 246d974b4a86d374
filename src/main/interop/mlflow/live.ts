import { HilumError, hasCode, toEnvelope } from '../../../pipeline/domain/errors.ts';
import type { Records } from '../../records/index.ts';
import type { Workspace } from '../../workspace/open.ts';
import { type Connection, connectionTo, type Pace, sendTools } from './connect.ts';
import { pushRun } from './push-run.ts';
import { type Environment, type TrackingSettings, trackingSettings } from './settings.ts';
import type { SendTools } from './tools.ts';

export interface LiveOptions {
  readonly env: Environment;
  /** The study as it is open now; its records may be others later. */
  study(): { readonly records: Records; readonly workspace: Workspace };
  /** Told once when sending fails, and never again. */
  say(line: string): void;
  readonly now: () => string;
  readonly pace?: Partial<LivePace>;
}

export interface LivePace {
  /** How often it is looked whether a run was written to. */
  readonly lookMs: number;
  /** Between two rounds. */
  readonly restMs: number;
  /** Longest rest when the server fails: it is doubled up to here. */
  readonly longestRestMs: number;
  /** How long the end of a command waits for the last round. */
  readonly graceMs: number;
  /** Of one request. */
  readonly timeoutMs: number;
}

const usualPace: LivePace = { lookMs: 250, restMs: 2000, longestRestMs: 60_000, graceMs: 2000, timeoutMs: 15_000 };

/** A request that was called off ends at once; a keychain that waits for its user does not. */
const stopMs = 250;

/**
 * Sends runs while they are trained. The records are the queue: what was not sent when this ends is sent by the next
 * command or by `mlflow sync`. Whoever trains never waits for it, and nothing that goes wrong here reaches them.
 */
export class LiveLog {
  private readonly options: LiveOptions;
  private readonly pace: LivePace;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly waiting = new Set<string>();
  private records: Records | undefined;
  private seen = 0;
  private round: Promise<void> | undefined;
  private roundSince = 0;
  private restUntil = 0;
  private failures = 0;
  private hasAnswered = false;
  private hasSaid = false;
  private tools: { readonly key: string; readonly made: Promise<SendTools> } | undefined;

  constructor(options: LiveOptions) {
    this.options = options;
    this.pace = { ...usualPace, ...options.pace };
    this.timer = setInterval(() => this.look(), this.pace.lookMs);
    this.timer.unref();
    this.look();
  }

  /** Sends what is left if the server answers; waits for a moment at most, then stops. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    const endsAt = performance.now() + this.pace.graceMs;
    // A server that did not answer in all that time is not waited for.
    while (performance.now() < endsAt && (this.round !== undefined || this.collect() !== undefined)) {
      if (this.failures > 0 || this.isSilent()) break;
      if (this.round === undefined) this.begin();
      await Promise.race([this.round, sleep(Math.min(50, this.pace.graceMs))]);
    }
    this.stop();
    await Promise.race([this.round, sleep(stopMs)]);
  }

  /** Stops at once. */
  stop(): void {
    clearInterval(this.timer);
    this.controller.abort();
  }

  private isSilent(): boolean {
    return !this.hasAnswered && this.round !== undefined && performance.now() - this.roundSince > this.pace.graceMs / 2;
  }

  private look(): void {
    if (this.round !== undefined || performance.now() < this.restUntil) return;
    if (this.collect() !== undefined) this.begin();
  }

  /** Notes which runs were written to. @returns undefined when there is nothing to send */
  private collect(): TrackingSettings | undefined {
    const { records, workspace } = this.options.study();
    if (!records.isOpen) return undefined;
    const settings = settingsOf(this.options.env, workspace, (line) => this.sayOnce(line));
    if (settings === undefined) return undefined;
    if (this.records !== records) this.takeUp(records, settings);
    for (const run of records.runChanges.since(this.seen)) this.waiting.add(run);
    this.seen = records.runChanges.version;
    return this.waiting.size > 0 ? settings : undefined;
  }

  /** Begins with what an earlier process left unfinished on the server. */
  private takeUp(records: Records, { server }: TrackingSettings): void {
    this.records = records;
    this.tools = undefined;
    this.seen = 0;
    this.waiting.clear();
    for (const { run, state } of records.trackingLinks.list(server.address)) {
      if (state.open || state.status === 'RUNNING') this.waiting.add(run);
    }
  }

  private begin(): void {
    const settings = this.collect();
    if (settings === undefined) return;
    this.roundSince = performance.now();
    this.round = this.send(settings).finally(() => {
      this.round = undefined;
      this.restUntil = performance.now() + Math.min(this.pace.restMs * 2 ** this.failures, this.pace.longestRestMs);
    });
  }

  /** Never rejects. */
  private async send(settings: TrackingSettings): Promise<void> {
    try {
      const tools = await this.toolsFor(settings);
      for (const run of [...this.waiting]) {
        this.waiting.delete(run);
        await this.sendOne(tools, run);
        this.hasAnswered = true;
        this.failures = 0;
      }
    } catch (error) {
      if (hasCode(error, 'cancelled/by-user') || !this.options.study().records.isOpen) return;
      this.failures++;
      // A token may have been given meanwhile.
      this.tools = undefined;
      this.sayOnce(sentenceOf(error));
    }
  }

  private async sendOne(tools: SendTools, run: string): Promise<void> {
    // What was brought in from elsewhere is sent only by `mlflow sync --all`.
    if (tools.records.runs.find(run)?.origin !== null) return;
    try {
      await pushRun(tools, run);
    } catch (error) {
      // What the server refuses it would refuse again; `mlflow sync` says so by run.
      if (!hasCode(error, 'tracking/refused')) this.waiting.add(run);
      throw error;
    }
  }

  private toolsFor(settings: TrackingSettings): Promise<SendTools> {
    const { workspace } = this.options.study();
    const key = JSON.stringify([settings, workspace.paths.root]);
    if (this.tools?.key !== key) this.tools = { key, made: this.connect(settings) };
    return this.tools.made;
  }

  private async connect(settings: TrackingSettings): Promise<SendTools> {
    const { study, env, now } = this.options;
    const pace: Pace = { attempts: 1, timeoutMs: this.pace.timeoutMs };
    const connection: Connection = await connectionTo(settings, env);
    return sendTools(connection, study(), this.controller.signal, now, pace);
  }

  private sayOnce(line: string): void {
    if (this.hasSaid) return;
    this.hasSaid = true;
    this.options.say(line);
  }
}

/** undefined: live logging is off. An address that cannot be used is said, and does not stop a training. */
function settingsOf(env: Environment, workspace: Workspace, say: (line: string) => void): TrackingSettings | undefined {
  try {
    const settings = trackingSettings(env, workspace);
    return settings?.live === true ? settings : undefined;
  } catch (error) {
    if (workspace.config.tracking?.live !== false) say(sentenceOf(error));
    return undefined;
  }
}

function sentenceOf(error: unknown): string {
  const { code, facts } = toEnvelope(error);
  const { sentence } = error instanceof HilumError ? error : new HilumError(code, facts);
  return `MLflow: ${sentence} Training goes on; \`hilum mlflow sync\` sends the rest. (${code})`;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

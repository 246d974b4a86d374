import type { Progress } from '../../pipeline/progress.ts';
import type { EpochRow } from '../../pipeline/protocol.ts';
import { watchedProgress } from '../jobs/watched-progress.ts';
import type { StudyContext } from './context.ts';
import { nothingMeasured, type Speeds } from './speeds.ts';

/** What a run works on, as far as speeds depend on it. */
export interface MeasuredWork {
  /** `pixelKey` of backbone and size. */
  readonly pixels: string;
  /** `headWork` of one epoch of the model itself; undefined when more than a head was trained, whose speed a probe tells. */
  readonly epochWork: number | undefined;
  readonly resamples: number;
}

interface Step {
  readonly firstDone: number;
  readonly startedMs: number;
  done: number;
  endedMs: number;
}

/** Fewer images tell more about the start of a process than about its speed. */
const leastImages = 16;
/** In less time than this the report that follows counts for more than the resamples. */
const leastBootstrapSeconds = 0.3;

/** Follows a run by its own reports and tells how fast it went. */
export class SpeedMeter {
  private readonly nowMs: () => number;
  private readonly startedMs: number;
  private readonly steps = new Map<string, Step>();
  /** Epochs of the model itself. */
  private readonly epochs: { readonly atMs: number; readonly elapsedMs: number }[] = [];

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
    this.startedMs = nowMs();
  }

  /** The same context, listened to. */
  listenTo(context: StudyContext): StudyContext {
    return {
      ...watchedProgress(context, (progress) => this.progress(progress)),
      onEpoch: (run, fold, metrics) => {
        this.epoch(fold, metrics);
        context.onEpoch?.(run, fold, metrics);
      },
    };
  }

  /** @param completed the run came to its end: only then is the rest of its time known */
  measured({ pixels, epochWork, resamples }: MeasuredWork, completed: boolean): Speeds {
    const features = this.rateOf('Extracting features');
    const evaluate = this.rateOf('Predicting');
    const bootstrapSeconds = this.secondsOf('Bootstrap');
    const predicted = this.steps.get('Predicting')?.done ?? 0;
    const known = ['Extracting features', 'Training', 'Predicting', 'Bootstrap'].map((name) => this.secondsOf(name));
    const rest = (this.nowMs() - this.startedMs) / 1000 - known.reduce((sum, seconds) => sum + seconds, 0);
    return {
      ...nothingMeasured,
      features: features === undefined ? {} : { [pixels]: features },
      evaluate: evaluate === undefined ? {} : { [pixels]: evaluate },
      ...(epochWork === undefined ? {} : this.epochSpeeds(epochWork)),
      ...(bootstrapSeconds >= leastBootstrapSeconds && predicted > 0
        ? { bootstrap: (predicted * resamples) / bootstrapSeconds }
        : {}),
      ...(completed && epochWork !== undefined ? { rest: Math.max(0, rest) } : {}),
    };
  }

  private progress({ step, done }: Progress): void {
    const now = this.nowMs();
    const known = this.steps.get(step);
    if (known === undefined) this.steps.set(step, { firstDone: done, startedMs: now, done, endedMs: now });
    else {
      known.done = done;
      known.endedMs = now;
    }
  }

  private epoch(fold: number, { elapsed_ms }: EpochRow): void {
    if (fold !== 0) return;
    this.epochs.push({ atMs: this.nowMs(), elapsedMs: elapsed_ms });
  }

  /** The first epoch warms TensorFlow up and is left out. */
  private epochSpeeds(work: number): Pick<Speeds, 'head' | 'epochRest'> {
    const [first, ...others] = this.epochs;
    const last = others.at(-1);
    const computedMs = others.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
    if (first === undefined || last === undefined || computedMs <= 0) return {};
    const restMs = Math.max(0, last.atMs - first.atMs - computedMs);
    return { head: (work * others.length * 1000) / computedMs, epochRest: restMs / 1000 / others.length };
  }

  private secondsOf(name: string): number {
    const step = this.steps.get(name);
    return step === undefined ? 0 : (step.endedMs - step.startedMs) / 1000;
  }

  private rateOf(name: string): number | undefined {
    const step = this.steps.get(name);
    const seconds = this.secondsOf(name);
    const images = step === undefined ? 0 : step.done - step.firstDone;
    return images < leastImages || seconds <= 0 ? undefined : images / seconds;
  }
}

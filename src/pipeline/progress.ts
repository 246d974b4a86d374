/** One report of a stage: a named step and how far the whole stage is. */
export interface Progress {
  /** What is done now, for example "Extracting features". */
  readonly step: string;
  readonly done: number;
  readonly total: number;
  /** Whole stage, 0..1. */
  readonly fraction: number;
}

export type ReportProgress = (progress: Progress) => void;

/** A step with its share of the stage. */
export interface Step {
  readonly name: string;
  readonly weight: number;
}

const minimumIntervalMs = 100;

/**
 * Weighted steps that sum to one value, throttled at the source to 10 reports a second.
 * The first and last report of each step always pass.
 */
export function stepProgress(
  steps: readonly Step[],
  report: ReportProgress,
  nowMs: () => number = () => performance.now(),
) {
  const totalWeight = steps.reduce((sum, step) => sum + step.weight, 0);
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    at(stepName: string, done: number, total: number): void {
      const index = steps.findIndex((step) => step.name === stepName);
      const step = steps[index];
      if (step === undefined) return;
      const edge = done === 0 || done >= total;
      const now = nowMs();
      if (!edge && now - lastMs < minimumIntervalMs) return;
      lastMs = now;
      const before = steps.slice(0, index).reduce((sum, each) => sum + each.weight, 0);
      const within = total === 0 ? 1 : Math.min(1, done / total);
      report({ step: step.name, done, total, fraction: (before + step.weight * within) / totalWeight });
    },
  };
}

import type { Progress } from '../../../pipeline/progress.ts';
import type { ProgressView } from '../../jobs/work-context.ts';
import type { RecordedSweep } from './journal.ts';

/** Progress of the whole sweep from that of one candidate: every training of the plan counts by its share of epochs. */
export function progressOf(
  view: ProgressView,
  { plan, measurements }: RecordedSweep,
  now: { readonly rung: number; readonly candidate: number },
): ProgressView {
  const weightOf = (rung: number): number => (plan.rungs[rung]?.share ?? 0) - (plan.rungs[rung - 1]?.share ?? 0);
  const total = plan.rungs.reduce((sum, { candidates }, rung) => sum + candidates * weightOf(rung), 0);
  const before = measurements.reduce((sum, { rung }) => sum + weightOf(rung), 0);
  const where = `rung ${now.rung + 1} of ${plan.rungs.length}, candidate ${now.candidate + 1} of ${plan.candidates.length}`;
  const update = (progress: Progress): void =>
    view.update({
      ...progress,
      step: `${progress.step} (${where})`,
      fraction: Math.min(1, (before + weightOf(now.rung) * progress.fraction) / total),
    });
  return { update, stop: () => undefined };
}

import type { Params } from '../domain/params.ts';

export type ScheduleName = Params['training']['schedule'];

/** Factor on the base learning rate; `progress` is the share of epochs that lie behind, 0 <= progress < 1. */
const schedules: Record<ScheduleName, (progress: number) => number> = {
  constant: () => 1,
  /** Half a cosine without restarts (Loshchilov and Hutter 2017, SGDR, equation 5 with a minimum of 0). */
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
  /** A tenth after one half, a hundredth after three quarters (He et al. 2016 divide by 10 at these points on CIFAR-10). */
  step: (progress) => (progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01),
};

/** Learning rate of an epoch. @param epoch 1-based */
export function learningRateAt(schedule: ScheduleName, base: number, epoch: number, epochs: number): number {
  return base * schedules[schedule]((epoch - 1) / epochs);
}

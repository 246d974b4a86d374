import type { StudySize } from './study-size.ts';

/** Epochs after which early stopping may end training at the soonest. @param patience 0 never stops */
export function fewestEpochs(epochs: number, { watched }: Pick<StudySize, 'watched'>, patience: number): number {
  return watched && patience > 0 ? Math.min(epochs, patience + 1) : epochs;
}

import { useKeys } from '../../../keys/use-keys.ts';
import { keyedClasses } from './review-keys.ts';

interface ReviewKeys {
  readonly classes: readonly string[];
  readonly enabled: boolean;
  accept(): void;
  giveClass(name: string): void;
  refuse(): void;
  undo(): void;
}

const group = 'Reading';

/** One key a decision. */
export function useReviewKeys({ classes, enabled, accept, giveClass, refuse, undo }: ReviewKeys): void {
  useKeys([
    { keys: 'a', title: 'Accept the answer', group, enabled, run: accept },
    ...keyedClasses(classes).map(({ keys, name }) => ({
      keys,
      title: `It is ${name}`,
      group,
      enabled,
      run: () => giveClass(name),
    })),
    { keys: 'x', title: 'The image is not usable', group, enabled, run: refuse },
    { keys: 'u', title: 'Take the last decision back', group, run: undo },
  ]);
}

import type { Review } from '../../../../main/ipc/contract.ts';

export interface Decision {
  readonly decision: Review['decision'];
  /** null when refused. */
  readonly class: string | null;
}

export const refused: Decision = { decision: 'refuse', class: null };

const mostKeys = 9;

/** Key of a class by its place in the model's list: 1 to 9; later ones have none. */
export function classKey(index: number): string | undefined {
  return index < mostKeys ? String(index + 1) : undefined;
}

/** The classes that a digit gives. */
export function keyedClasses(classes: readonly string[]): { readonly keys: string; readonly name: string }[] {
  return classes.flatMap((name, index) => {
    const keys = classKey(index);
    return keys === undefined ? [] : [{ keys, name }];
  });
}

/** What giving a class means: accepting it where it is what was answered. */
export function decisionFor(given: string, answered: string | null): Decision {
  return { decision: given === answered ? 'accept' : 'correct', class: given };
}

/** `Accepted: Tumor`, `Agreed: refused`, `Corrected to Stone`, `Not usable`. */
export function reviewText({ decision, class: given }: Decision): string {
  if (decision === 'refuse') return 'Not usable';
  if (decision === 'accept') return given === null ? 'Agreed: refused' : `Accepted: ${given}`;
  return `Corrected to ${given ?? 'no class'}`;
}

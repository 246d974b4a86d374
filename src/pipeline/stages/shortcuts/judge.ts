import type { Estimate } from '../../domain/metrics.ts';
import type { ShortcutResult, ShortcutVerdict } from '../../domain/shortcuts.ts';
import { figureText } from '../honesty/words.ts';
import type { Control } from './control.ts';

/** Suspicious only where the whole interval lies above guessing. */
export function verdictOf({ low }: Estimate, chance: number): ShortcutVerdict {
  if (low === null) return 'unknown';
  return low > chance ? 'suspicious' : 'near-chance';
}

export function resultOf(control: Control, dimensions: number, balanced: Estimate, chance: number): ShortcutResult {
  const { name, title, sees } = control;
  const verdict = verdictOf(balanced, chance);
  const sentence = sentences[verdict](
    control,
    `balanced accuracy ${figureText(balanced)}, chance ${chance.toFixed(2)}`,
  );
  return { name, title, sees, dimensions, balanced_accuracy: balanced, verdict, sentence };
}

const sentences: Readonly<Record<ShortcutVerdict, (control: Control, figures: string) => string>> = {
  suspicious: ({ tells, suspicion }, figures) => `${tells}: ${figures}. ${suspicion}`,
  'near-chance': ({ title }, figures) => `${title}: not told from guessing (${figures}).`,
  unknown: ({ title }, figures) => `${title}: too few patient groups for an interval (${figures}).`,
};

/** The audit in one sentence. */
export function auditSentence(results: readonly ShortcutResult[]): string {
  const found = results.filter(({ verdict }) => verdict === 'suspicious').map(({ title }) => title.toLowerCase());
  if (found.length > 0) return `The class can be told without seeing the disease, from: ${found.join(', ')}.`;
  const unknown = results.filter(({ verdict }) => verdict === 'unknown').length;
  return unknown > 0
    ? 'There are too few patient groups to say whether something else tells the class.'
    : 'None of the controls tells the class: no shortcut of these kinds was found.';
}

import type { Field } from './fields.ts';
import { choiceOf, windowsIn } from './window-choices.ts';
import { optionLabel } from './wording.ts';

/** A value as the form would show it, in a few words. */
export function valueWords({ path, shape }: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return 'none';
  if (shape.kind === 'records') {
    return windowsIn(value)
      .map((window) => choiceOf(window)?.name ?? `${window.width}/${window.center}`)
      .join(', ');
  }
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.map((each) => optionLabel(path, String(each))).join(', ');
  return optionLabel(path, String(value));
}

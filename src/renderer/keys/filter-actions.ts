import type { KeyBinding } from './registry.ts';

/** Actions whose group or title holds every written word, those that begin with the text first. */
export function filterActions(actions: readonly KeyBinding[], text: string): KeyBinding[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = actions.filter(({ group, title }) => {
    const whole = `${group} ${title}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const begins = (action: KeyBinding): boolean => action.title.toLowerCase().startsWith(text.trim().toLowerCase());
  return [...fitting.filter(begins), ...fitting.filter((action) => !begins(action))];
}

/** Bindings that have keys, under the headings of their groups, in the order of registration. */
export function byGroup(bindings: readonly KeyBinding[]): [group: string, bindings: KeyBinding[]][] {
  const groups = new Map<string, KeyBinding[]>();
  for (const binding of bindings) {
    if (binding.keys === undefined) continue;
    groups.set(binding.group, [...(groups.get(binding.group) ?? []), binding]);
  }
  return [...groups];
}

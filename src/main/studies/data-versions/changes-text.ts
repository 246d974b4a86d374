import type { DataChanges } from '../../records/data-versions.ts';

/** `12 added, 3 relabelled`; what is zero is left out. Null: not known. */
export function changesText(changes: DataChanges | null): string {
  if (changes === null) return 'not known';
  const parts = Object.entries(changes).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'other tables only' : parts.map(([what, count]) => `${count} ${what}`).join(', ');
}

import { hasCode } from '../../../pipeline/domain/errors.ts';
import type { Records } from '../../records/index.ts';
import { sweepJournal } from './journal.ts';

/** Name of the sweep that a run belongs to; null for a run of none. Read once: a sweep keeps its name. */
export function sweepNames(records: Pick<Records, 'findings'>): (parent: string | null) => string | null {
  const journal = sweepJournal(records);
  const known = new Map<string, string | null>();
  return (parent) => {
    if (parent === null) return null;
    const name = known.get(parent) ?? nameOf(journal, parent);
    known.set(parent, name);
    return name;
  };
}

/** The parent of a run may be another examination. */
function nameOf(journal: ReturnType<typeof sweepJournal>, id: string): string | null {
  try {
    return journal.read(id).plan.definition.name;
  } catch (error) {
    if (hasCode(error, 'finding/unknown')) return null;
    throw error;
  }
}

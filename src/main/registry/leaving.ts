import type { Records } from '../records/index.ts';
import type { NewPromotion } from '../records/promotions.ts';

/** What else moves with an alias: a champion is not its own challenger. */
export function leaving(records: Records, { alias, version, reader }: NewPromotion): NewPromotion[] {
  const held = records.promotions.newest('challenger')?.version ?? null;
  if (alias !== 'champion' || held === null || held !== version) return [];
  return [{ alias: 'challenger', version: null, previous: held, reader, deed: 'clear', gates: [], override: null }];
}

import type { Promotion } from './registry.ts';

type Move = Pick<Promotion, 'deed' | 'version'>;

/**
 * Where one alias stood, the present place last; null is "at none". A promotion or a clearing goes on top. A rollback takes
 * the top away, with whatever it had to pass over, until the version that it went to is on top: the next rollback goes
 * one further back, and what was rolled back from is left behind.
 * @param moves of one alias, oldest first
 */
export function placesOf(moves: readonly Move[]): readonly (number | null)[] {
  const places: (number | null)[] = [];
  for (const { deed, version } of moves) {
    if (deed !== 'rollback') places.push(version);
    else while (places.length > 0 && places.at(-1) !== version) places.pop();
  }
  return places;
}

/** Versions that a rollback may go to, the first choice first: each once, and never the present one. */
export function versionsBefore(moves: readonly Move[]): readonly number[] {
  const places = placesOf(moves);
  const present = places.at(-1) ?? null;
  const before = places.slice(0, -1).reverse();
  return [...new Set(before)].filter((version) => version !== null && version !== present).map(Number);
}

import { type InTurn, inTurn } from '../workspace/in-turn.ts';

const turns = new Map<string, InTurn>();

/** Changes of one file go one after the other, whoever asks: each sees what the one before it wrote. */
export function turnsOf(path: string): InTurn {
  const known = turns.get(path) ?? inTurn();
  turns.set(path, known);
  return known;
}

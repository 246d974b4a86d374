import { claimItems } from './claim.ts';
import type { CardFacts } from './facts.ts';
import type { CardItem, checklists, ItemAnswer, ItemDefinition, ItemState } from './item.ts';
import { tripodItems } from './tripod.ts';

/** Every item of both checklists, filled with what is known; what is missing is listed as missing. */
export function cardItems(facts: CardFacts): CardItem[] {
  return [
    ...claimItems.map((item) => itemOf(item, 'CLAIM 2024', `CLAIM ${item.number}`, facts)),
    ...tripodItems.map((item) => itemOf(item, 'TRIPOD+AI', `TRIPOD ${item.number}`, facts)),
  ];
}

/** What is known now over what was known when the model was sealed: nothing that was filled becomes missing. */
export function mergedItems(sealed: readonly CardItem[], now: readonly CardItem[]): CardItem[] {
  const before = new Map(sealed.map((item) => [item.id, item]));
  return now.map((item) => {
    const old = before.get(item.id);
    return item.state === 'missing' && old?.state === 'filled' ? { ...item, state: old.state, text: old.text } : item;
  });
}

/** How many items are filled and missing. */
export function countStates(items: readonly Pick<CardItem, 'state'>[]): Record<ItemState, number> {
  const counts = { filled: 0, missing: 0, 'not applicable': 0 };
  for (const { state } of items) counts[state]++;
  return counts;
}

/** What this program says of its own way of training: nothing of it is true of a network that was trained elsewhere. */
const ofTrainingHere: readonly string[] = [
  ...[10, 19, 20, 22, 23, 24, 25, 26, 28, 29, 35].map((number) => `CLAIM ${number}`),
  ...[10, 12, 13, 16, 21].map((number) => `TRIPOD ${number}`),
];
const elsewhere = 'Not known: the model was trained elsewhere.';

function itemOf(
  { title, answer }: ItemDefinition,
  checklist: (typeof checklists)[number],
  id: string,
  facts: CardFacts,
): CardItem {
  const isUnknown = facts.honesty === 'unknown' && ofTrainingHere.includes(id);
  return { id, checklist, title, ...stateOf(isUnknown ? { missing: elsewhere } : answer(facts)) };
}

function stateOf(answer: ItemAnswer): Pick<CardItem, 'state' | 'text'> {
  if ('known' in answer) return { state: 'filled', text: answer.known };
  if ('missing' in answer) return { state: 'missing', text: answer.missing };
  return { state: 'not applicable', text: answer.aside };
}

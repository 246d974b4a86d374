import { z } from 'zod';
import type { CardFacts } from './facts.ts';
import type { UserFacts } from './user-facts.ts';

export const checklists = ['CLAIM 2024', 'TRIPOD+AI'] as const;
export const itemStates = ['filled', 'missing', 'not applicable'] as const;
export type ItemState = (typeof itemStates)[number];

/** An item of a reporting checklist, as far as a model can answer it. */
export const cardItemSchema = z.strictObject({
  /** `CLAIM 14`, `TRIPOD 8`. */
  id: z.string(),
  checklist: z.enum(checklists),
  title: z.string(),
  state: z.enum(itemStates),
  /** What is known; where nothing is, what to write and where. */
  text: z.string(),
});
export type CardItem = z.infer<typeof cardItemSchema>;

/** What is known, or nothing. `aside`: the item is about a paper, not about a model. */
export type ItemAnswer = { readonly known: string } | { readonly missing: string } | { readonly aside: string };

export interface ItemDefinition {
  readonly number: number;
  readonly title: string;
  answer(facts: CardFacts): ItemAnswer;
}

/** Answered by what the user wrote under these keys of `card:` in config.yaml; the first one must be there. */
export function saidBy(key: keyof UserFacts, ...more: readonly (keyof UserFacts)[]): (facts: CardFacts) => ItemAnswer {
  return ({ user }) => {
    const texts = [key, ...more].flatMap((each) => user[each] ?? []);
    if (user[key] !== undefined) return { known: texts.join(' ') };
    return { missing: `Not known. Write it under \`card: ${key}:\` in config.yaml.` };
  };
}

/** Answered by what the program knows, with what the user wrote after it. */
export function known(
  of: (facts: CardFacts) => string | null,
  key?: keyof UserFacts,
): (facts: CardFacts) => ItemAnswer {
  return (facts) => {
    const own = key === undefined ? undefined : facts.user[key];
    const texts = [of(facts), own].filter((text) => text !== null && text !== undefined);
    if (texts.length > 0) return { known: texts.join(' ') };
    if (key === undefined) return { missing: 'Not known to this program.' };
    return { missing: `Not known. Write it under \`card: ${key}:\` in config.yaml.` };
  };
}

/** Answered by an examination; `how` is the command that makes it. */
export function found(of: (facts: CardFacts) => string | null, how: string): (facts: CardFacts) => ItemAnswer {
  return (facts) => {
    const text = of(facts);
    return text === null ? { missing: `Not done. ${how}` } : { known: text };
  };
}

export const ofPaper = (): ItemAnswer => ({ aside: 'About a report of the study, not about the model.' });

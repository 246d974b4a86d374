import type { Comparison } from '../../../../main/ipc/contract.ts';

export type Fact = Comparison['facts'][number];

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly differing: number;
  readonly equal: number;
}

const partTitles = {
  params: 'Parameters',
  data: 'Data',
  split: 'Split',
  contract: 'Preprocessing contract',
  code: 'Program',
  environment: 'Machine',
} as const satisfies Record<Fact['part'], string>;

/** What the runs were made of, by part; without `alsoEqual` only what differs. Parts of which nothing is left are left out. */
export function factGroups(facts: readonly Fact[], alsoEqual: boolean): FactGroup[] {
  return Object.entries(partTitles)
    .map(([part, title]) => {
      const ofPart = facts.filter((fact) => fact.part === part);
      const differing = ofPart.filter(({ differs }) => differs);
      const shown = alsoEqual ? ofPart : differing;
      return { title, facts: shown, differing: differing.length, equal: ofPart.length - differing.length };
    })
    .filter((group) => group.facts.length > 0);
}

/** `params.head.dropout` → `head.dropout`: the heading says the rest. */
export function factName(key: string): string {
  return key.replace(/^(params|environment)\./, '').replaceAll('_', ' ');
}

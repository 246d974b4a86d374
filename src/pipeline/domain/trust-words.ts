import type { Trust, TrustPart } from './trust.ts';

/** One part of the trust test for people. */
export interface TrustLine {
  readonly part: TrustPart;
  readonly title: string;
  /** null: could not be asked of this model. */
  readonly passed: boolean | null;
  /** What was found, with figures. */
  readonly text: string;
}

/** The three parts in the order of the test. */
export function trustLines(trust: Trust): TrustLine[] {
  return [randomisedLine(trust), deletionLine(trust), lesionsLine(trust)];
}

/** What failed, as one sentence without its full stop; empty for a model that passed. */
export function trustFailure(trust: Trust): string {
  return trustLines(trust)
    .filter(({ passed }) => passed === false)
    .map(({ text }) => text.replace(/\.$/, ''))
    .join('; ');
}

function randomisedLine({ randomised }: Trust): TrustLine {
  const { head, steps, limit, pictures, passed } = randomised;
  const highest = Math.max(head, ...steps.map(({ correlation }) => correlation));
  const found = passed ? 'Another map comes out' : 'Much the same map comes out';
  return {
    part: 'randomised',
    title: 'Depends on what was learned',
    passed,
    text: `${found} when weights are shuffled: rank correlation ${two(head)} with the last layers shuffled, ${two(steps.at(-1)?.correlation ?? 0)} with all of them, ${two(highest)} at most (limit ${two(limit)}, ${pictures} pictures).`,
  };
}

function deletionLine({ deletion, pictures }: Trust): TrustLine {
  const { hot, random, difference, passed } = deletion;
  const found = passed ? 'costs the answer more than' : 'does not surely cost the answer more than';
  const kind = pictures === 'dataset' ? 'pictures of the dataset' : 'synthetic pictures';
  return {
    part: 'deletion',
    title: 'Marks what matters to the answer',
    passed,
    text: `Blurring the hot fifth ${found} blurring as much elsewhere in the body: log odds fall by ${two(hot)} against ${two(random)}, difference ${two(difference.value)} [${two(difference.low)}, ${two(difference.high)}] (${deletion.pictures} ${kind}).`,
  };
}

const inapplicable = {
  'no-class': 'The model has none of the classes that synthetic lesions can be planted for.',
  'not-known': 'The model does not recognise synthetic lesions surely enough to ask where it sees them.',
} as const;

function lesionsLine({ lesions }: Trust): TrustLine {
  const shared = { part: 'lesions', title: 'Lies on planted lesions' } as const;
  if (!lesions.applicable) {
    return { ...shared, passed: null, text: `Not applicable: ${inapplicable[lesions.reason]}` };
  }
  const { inside, right, chance, limit, passed } = lesions;
  const interval = `[${percent(inside.low)}, ${percent(inside.high)}]`;
  return {
    ...shared,
    passed,
    text: `${percent(inside.value)} ${interval} of ${right} planted lesions that the model recognised lie in the hot fifth; more than ${percent(limit)} are asked for, and random regions reach ${percent(chance)}.`,
  };
}

function two(value: number): string {
  return (Math.round(value * 100) / 100 || 0).toFixed(2);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

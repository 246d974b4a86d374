import { describe, expect, it } from 'vitest';
import { claimItems } from '../../../src/pipeline/domain/card/claim.ts';
import type { CardFacts } from '../../../src/pipeline/domain/card/facts.ts';
import { cardItems, countStates, mergedItems } from '../../../src/pipeline/domain/card/sheet.ts';
import { tripodItems } from '../../../src/pipeline/domain/card/tripod.ts';
import { userFactsSchema } from '../../../src/pipeline/domain/card/user-facts.ts';
import { configSchema, paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { sampleMetrics } from '../../helpers/runs.ts';

const facts: CardFacts = {
  user: {},
  trainedOn: '40 images of 8 scans',
  backbone: 'efficientnet-lite0',
  classes: ['Cyst', 'Stone'],
  counts: { Cyst: { images: 20, scans: 4, groups: 3 } },
  codeVersion: '0.2.0',
  honesty: 'grouped',
  steps: ['Crop to the body.'],
  training: { params: paramsSchema.parse({}), protocol: 'holdout', folds: 0, epochs: 30, bestEpoch: 12 },
  calibration: { temperature: 1.2, review_below: 0.5, evidence: null },
  gate: null,
  trust: null,
  evaluation: null,
  findings: {},
};
const item = (items: ReturnType<typeof cardItems>, id: string) => items.find((each) => each.id === id);

describe('the card of a model', () => {
  it('holds every item of CLAIM 2024 and TRIPOD+AI once, in order', () => {
    expect(claimItems.map(({ number }) => number)).toEqual(Array.from({ length: 44 }, (_, i) => i + 1));
    expect(tripodItems.map(({ number }) => number)).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
    expect(cardItems(facts)).toHaveLength(71);
  });

  it('lists as missing what only people know, and says where to write it', () => {
    const items = cardItems(facts);
    expect(item(items, 'TRIPOD 17')).toMatchObject({
      state: 'missing',
      text: expect.stringContaining('card: ethics:'),
    });
    expect(item(items, 'CLAIM 16')?.state).toBe('missing');
    expect(item(items, 'CLAIM 32')).toMatchObject({ state: 'missing', text: 'Not done. Run `hilum evaluate`.' });
    expect(item(items, 'CLAIM 2')?.state).toBe('not applicable');
    const said = cardItems({ ...facts, user: { ethics: 'Waived, number 14.', readers: 'Two radiologists.' } });
    expect(item(said, 'TRIPOD 17')).toMatchObject({ state: 'filled', text: 'Waived, number 14.' });
    expect(countStates(said).missing).toBe(countStates(items).missing - 3);
  });

  it('says nothing of the training of a model that was trained elsewhere', () => {
    const items = cardItems({ ...facts, honesty: 'unknown', training: null, counts: {} });
    for (const id of ['CLAIM 10', 'CLAIM 22', 'CLAIM 23', 'CLAIM 28', 'CLAIM 35', 'TRIPOD 21']) {
      expect(item(items, id)).toMatchObject({ state: 'missing', text: 'Not known: the model was trained elsewhere.' });
    }
    expect(item(items, 'CLAIM 9')?.state).toBe('filled');
  });

  it('fills in what is known, a leak said aloud', () => {
    const known = cardItems({ ...facts, evaluation: sampleMetrics({ classes: ['Cyst', 'Stone'] }) });
    expect(item(known, 'CLAIM 32')?.text).toMatch(/^test, \d+ images .* By scan: balanced accuracy 0\.\d+ \[/);
    expect(item(known, 'CLAIM 20')?.text).toContain('Disjoint by patient group');
    expect(item(cardItems({ ...facts, honesty: 'leaky' }), 'CLAIM 20')?.text).toContain('measure memory, not skill');
  });

  it('never loses what was sealed, and never claims what it must not', () => {
    const sealed = cardItems({ ...facts, user: { ethics: 'Waived.' } });
    const now = cardItems({ ...facts, training: null, findings: { duel: 'No difference shown.' } });
    const merged = mergedItems(sealed, now);
    expect(item(now, 'CLAIM 25')?.state).toBe('missing');
    expect(item(merged, 'CLAIM 25')?.text).toBe(item(sealed, 'CLAIM 25')?.text);
    expect(item(merged, 'TRIPOD 17')?.text).toBe('Waived.');
    expect(item(merged, 'TRIPOD 24')?.text).toBe('No difference shown.');
    const words = [...sealed, ...merged].map(({ title, text }) => `${title} ${text}`).join('\n');
    expect(words).not.toMatch(/certified|FDA|HIPAA|anonymised/i);
  });

  it('takes facts of the user strictly', () => {
    expect(userFactsSchema.safeParse({ etics: 'x' }).success).toBe(false);
    expect(userFactsSchema.safeParse({ intended_use: 'An FDA approved use.' }).success).toBe(false);
    expect(userFactsSchema.safeParse({ ethics: '  ' }).success).toBe(false);
    expect(configSchema.parse({ card: { contact: ' radiology ' } }).card).toEqual({ contact: 'radiology' });
  });
});

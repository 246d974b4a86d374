import { describe, expect, it } from 'vitest';
import { confusionSvg, learningCurvesSvg, reliabilitySvg, rocSvg } from '../../../src/pipeline/reports/index.ts';

const rising = [
  { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
  { threshold: 0.5, falsePositiveRate: 0.25, truePositiveRate: 0.75 },
  { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
];

/** Opening and closing tags match, one root: enough of XML for what these writers make. */
function expectWellFormed(svg: string): void {
  const open: string[] = [];
  for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([A-Za-z]+)(?:[^<>"]|"[^"]*")*?(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosing !== '/') open.push(name ?? '');
  }
  expect(open).toEqual([]);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<title id="title">[\s\S]+<desc id="desc">/);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
}

describe('confusion matrix', () => {
  const svg = confusionSvg(
    ['Cyst', 'Stone'],
    [
      [1234, 0],
      [3, 1],
    ],
    'Confusion',
  );

  it('says counts, shares and classes in text', () => {
    expectWellFormed(svg);
    for (const text of ['1,234', '100 %', '75 %', '25 %', 'Predicted class', 'True class', '>Cyst<', '4 in all']) {
      expect(svg).toContain(text);
    }
    expect(svg).toContain('True class Stone: 3 called Cyst, 1 called Stone.');
  });

  it('stands a class without cases and very long names', () => {
    const name = 'x'.repeat(300);
    const empty = confusionSvg([name, 'b'], [[0, 0], []], 'Empty');
    expectWellFormed(empty);
    expect(empty).toContain(`>${'x'.repeat(15)}…<`);
    expect(empty).toContain(`<title>${name}</title>`);
  });
});

describe('ROC curves', () => {
  it('draws each curve and names its area', () => {
    const svg = rocSvg([
      { label: 'Cyst', points: rising, auc: 0.75 },
      { label: 'Stone', points: [], auc: null },
    ]);
    expectWellFormed(svg);
    expect(svg).toContain('points="76 450 176 150 476 50"');
    expect(svg).toContain('Cyst: AUC 0.750');
    expect(svg).toContain('Stone: AUC not defined');
  });

  it('draws a point once however many fall on its pixel', () => {
    const many = Array.from({ length: 100_001 }, (_, i) => ({
      threshold: 1 - i / 100_000,
      falsePositiveRate: i / 100_000,
      truePositiveRate: i / 100_000,
    }));
    expect(rocSvg([{ label: 'a', points: many, auc: 0.5 }]).length).toBeLessThan(120_000);
  });
});

describe('reliability diagram', () => {
  it('draws bins that hold cases and counts them in words', () => {
    const svg = reliabilitySvg([
      { low: 0, high: 0.5, count: 0, confidence: null, accuracy: null },
      { low: 0.5, high: 1, count: 12, confidence: 0.9, accuracy: 0.75 },
    ]);
    expectWellFormed(svg);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).toContain('0.500 to 1.000: 0.750 right of 12.');
    expectWellFormed(reliabilitySvg([]));
  });
});

describe('learning curves', () => {
  const epoch = (index: number, loss: number, validation: number | null) => ({
    epoch: index,
    loss,
    balanced_accuracy: 0.5,
    validation_loss: validation,
    validation_balanced_accuracy: validation,
  });

  it.each([
    ['no epoch', []],
    ['one epoch', [epoch(1, 0.7, 0.9)]],
    ['no validation', [epoch(1, 0.7, null), epoch(2, 0.5, null)]],
    ['a loss that diverged', [epoch(1, 0.7, 0.9), epoch(2, Number.NaN, Number.POSITIVE_INFINITY)]],
    ['a loss of 0', [epoch(1, 0, 0), epoch(2, 0, 0)]],
    ['huge losses', [epoch(1, 3.2e8, 1), epoch(2, 10, 1)]],
  ])('stands %s', (what, epochs) => {
    const svg = learningCurvesSvg(epochs);
    if (what === 'a loss that diverged') expect(svg.replace('training loss NaN', '')).not.toMatch(/NaN/);
    else expectWellFormed(svg);
  });

  it('has round ticks that reach the highest loss', () => {
    expect(learningCurvesSvg([epoch(1, 1.38, 1.5), epoch(2, 0.2, 1)])).toMatch(/text-anchor="end">1\.5</);
  });
});

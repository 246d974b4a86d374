import { describe, expect, it } from 'vitest';
import { notice } from '../../../src/pipeline/domain/outcome.ts';
import type { ReportedRun, RunsReport } from '../../../src/pipeline/domain/runs-report.ts';
import { overlaidCurvesSvg, runsReportHtml } from '../../../src/pipeline/reports/index.ts';
import { sampleMetrics } from '../../helpers/runs.ts';

const epoch = (index: number, loss: number, validation: number | null) => ({
  epoch: index,
  loss,
  balanced_accuracy: 0.5,
  validation_loss: validation,
  validation_balanced_accuracy: validation,
});

const run: ReportedRun = {
  ...{ id: 'aa11', name: 'plain', kind: 'train', startedAt: '2026-01-01T00:00:00Z', endedAt: null },
  ...{ outcome: 'completed', leaky: false, tags: ['ct'], notes: 'first line\nsecond line' },
  epochs: [epoch(1, 0.9, 0.8), epoch(2, 0.5, 0.7)],
  metrics: sampleMetrics(),
};

const report: RunsReport = {
  createdAt: '2026-02-01T00:00:00Z',
  runs: [run, { ...run, id: 'bb22', name: 'other', leaky: true, metrics: null, notes: '' }],
  facts: [
    { key: 'params.head.dropout', part: 'params', values: ['0.2', null], differs: true },
    { key: 'code_version', part: 'code', values: ['0.1.0', '0.1.0'], differs: false },
  ],
  figures: [
    {
      ...{ title: 'Log loss, scans', level: 'scan', class: null, better: 'lower', best: 0 },
      values: [{ value: 0.5, low: 0.4, high: 0.6 }, null],
    },
    {
      ...{ title: 'Validation loss, best epoch', level: 'curve', class: null, better: 'lower', best: null },
      values: [{ value: 0.7, low: null, high: null }, null],
    },
  ],
  warnings: ['The splits differ.'],
};

const imagesOf = (html: string): string[] =>
  [...html.matchAll(/base64,([^"]+)/g)].map(([, data = '']) => Buffer.from(data, 'base64').toString());

describe('the page of several runs', () => {
  const html = runsReportHtml(report);

  it('is self-contained: no script, no address, the notice above and below', () => {
    expect(html).toContain('content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;');
    expect(html).not.toMatch(/<script|<link|<iframe|https?:\/\/(?!www\.w3\.org)/i);
    expect(html.split(notice).length).toBeGreaterThan(2);
  });

  it('begins with what must be known and what differs, and ends with what is equal', () => {
    expect(html).toContain('<p class="warning">The splits differ.</p>');
    expect(html).toContain('<th scope="row">params</th><td><bdi>params.head.dropout</bdi></td><td><bdi>0.2</bdi></td>');
    expect(html.indexOf('What differs')).toBeLessThan(html.indexOf('<h2>Figures'));
    expect(html.indexOf('Confusion matrices')).toBeLessThan(html.indexOf('code_version'));
    expect(html).toContain('LEAKY');
  });

  it('has each figure with its interval, the best one said', () => {
    expect(html).toContain('<td class="number">best 0.500 [0.400, 0.600]</td><td class="number"></td>');
    expect(html).toContain('<td class="number">0.700</td>');
  });

  it('has one picture of all curves and a matrix for each evaluated run and level', () => {
    const images = imagesOf(html);
    expect(images).toHaveLength(3);
    expect(images[0]).toContain('A: plain: 2 epochs');
    expect(images[0]).toContain('B: other: 2 epochs');
    expect(images[1]).toContain('Scans, A: plain');
  });

  it('keeps notes as text with their lines', () => {
    expect(html).toContain('<p class="notes"><bdi>first line\nsecond line</bdi></p>');
    expect(html).toContain('<p>None.</p>');
  });
});

it('the page of one run has no letters, no best ones and no comparison', () => {
  const html = runsReportHtml({ ...report, runs: [run] });
  expect(html).toContain('<h1>Run report</h1>');
  expect(html).toContain('What it was made of');
  expect(html).not.toMatch(/What differs|A: plain|>best /);
  expect(imagesOf(html)).toHaveLength(3);
});

it('a run that never trained nor was evaluated has a page too', () => {
  const bare = { ...run, epochs: [], metrics: null };
  const html = runsReportHtml({ ...report, runs: [bare, bare], facts: [], figures: [], warnings: [] });
  for (const sentence of ['No epoch was trained.', 'None is kept.', 'Nothing was measured.']) {
    expect(html).toContain(sentence);
  }
});

describe('curves over each other', () => {
  it('tells 20 runs apart by colour and dash', () => {
    const runs = Array.from({ length: 20 }, (_, index) => ({ label: `run ${index}`, epochs: run.epochs }));
    const svg = overlaidCurvesSvg(runs);
    const styles = [
      ...svg.matchAll(/<path d="M[^"]+h30" stroke="([^"]+)" stroke-width="2" stroke-dasharray="([^"]+)"/g),
    ];
    expect(new Set(styles.map(([, color, dash]) => `${color} ${dash}`)).size).toBe(20);
  });

  it.each([
    ['no run with epochs', []],
    ['one epoch', [epoch(1, 0.7, null)]],
    ['a loss that diverged', [epoch(1, Number.NaN, Number.POSITIVE_INFINITY), epoch(2, 1, 1)]],
    ['a loss of 0', [epoch(1, 0, 0)]],
  ])('stands %s', (what, epochs) => {
    const svg = overlaidCurvesSvg([
      { label: 'a', epochs },
      { label: 'b', epochs: [] },
    ]);
    if (what !== 'a loss that diverged') expect(svg).not.toMatch(/undefined|Infinity/);
    expect(svg).not.toMatch(/NaN/);
    expect(svg).toContain('b: no epoch was trained.');
  });
});

import { describe, expect, it } from 'vitest';
import { notice } from '../../../src/pipeline/domain/outcome.ts';
import { paramsSchema } from '../../../src/pipeline/domain/params.ts';
import { computeMetrics, type MetricsOptions, plotData } from '../../../src/pipeline/metrics/index.ts';
import {
  type BatchReport,
  type BatchReportRow,
  batchReportHtml,
  metricsTable,
  studyPlots,
  studyReportHtml,
} from '../../../src/pipeline/reports/index.ts';
import { randomPredictions } from '../metrics/predictions.ts';

const classes = ['Cyst', 'Normal', 'Stone'];
const options: MetricsOptions = {
  part: 'test',
  honesty: 'grouped',
  protocol: 'holdout',
  resamples: 100,
  seed: 7,
  scanVote: 'mean',
};
const model = { name: 'demo-model', sealSha256: 'ab'.repeat(32), trainedOnSyntheticImages: false };
const predictions = randomPredictions(1, { groups: 12, slicesPerGroup: 5, classes: 3, skill: 1 });
const metrics = computeMetrics(predictions, classes, options);

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

function expectSelfContained(html: string): void {
  expect(html).toContain('content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;');
  expect(html).not.toMatch(/<script|<link|<iframe|https?:\/\/(?!www\.w3\.org)/i);
  expect(html).toMatch(new RegExp(`<header><p class="notice">${notice}`));
  expect(html).toMatch(new RegExp(`<footer><p class="notice">${notice}`));
}

describe('metrics for the terminal', () => {
  const text = metricsTable(metrics);

  it('has the scan level before the slice level, and the notice [D8]', () => {
    expect(text.indexOf('Scan level, 12 scans')).toBeGreaterThan(0);
    expect(text.indexOf('Scan level')).toBeLessThan(text.indexOf('Slice level, 60 images'));
    expect(text.trimEnd().endsWith(notice)).toBe(true);
  });

  it('has an interval beside each figure and the scans of each class beside its sensitivity', () => {
    const { value, low, high } = metrics.scan.balanced_accuracy ?? {};
    const line = text.split('\n').find((each) => each.includes('Balanced accuracy'));
    expect(line).toContain(`${value?.toFixed(3)} [${low?.toFixed(3)}, ${high?.toFixed(3)}]`);
    for (const name of classes) expect(text).toMatch(new RegExp(`${name} +${metrics.per_class[name]?.scans} `));
  });

  it('says what a reader must not overlook', () => {
    expect(metricsTable({ ...metrics, honesty: 'leaky' })).toContain('LEAKY');
    const perfect = predictions.map((item) => ({
      ...item,
      probabilities: classes.map((_, k) => (k === item.truth ? 1 : 0)),
    }));
    const text = metricsTable(computeMetrics(perfect, classes, options));
    expect(text).toContain('An interval without width is no certainty: with 12 patient groups');
    expect(text).toContain('up to 22 % of new patients');
    const thin = predictions.filter((item) => item.truth !== 2 || item.group === 'patient-2');
    expect(metricsTable(computeMetrics(thin, classes, options))).toContain('Class "Stone" rests on 1 patient group');
  });

  it('says where a figure is not defined', () => {
    const oneClass = computeMetrics(
      predictions.filter((item) => item.truth === 0),
      classes,
      options,
    );
    expect(metricsTable(oneClass)).toMatch(/AUC \(one-vs-rest mean\) +not defined/);
  });
});

describe('report of an evaluation', () => {
  const plots = studyPlots(metrics, plotData(predictions, classes, 'mean'));
  const report = { model, metrics, params: paramsSchema.parse({}), plots };
  const html = studyReportHtml(report);

  it('is self-contained, the plots inside as images', () => {
    expectSelfContained(html);
    expect(plots.map((plot) => plot.name)).toEqual([
      'confusion-scan',
      'roc-scan',
      'reliability-scan',
      'confusion-slice',
      'roc-slice',
      'reliability-slice',
    ]);
    expect(occurrences(html, 'src="data:image/svg+xml;base64,')).toBe(6);
  });

  it('holds figures, seal and parameters, the same bytes each time', () => {
    expect(html).toContain(model.sealSha256);
    expect(html).toContain('training.learning_rate');
    expect(html.indexOf('Scan level')).toBeLessThan(html.indexOf('Slice level'));
    expect(studyReportHtml(report)).toBe(html);
  });
});

describe('report of a batch', () => {
  const row: BatchReportRow = {
    file: 'a.png',
    image: 'a.png',
    scan: 's1',
    state: 'answered',
    class: 'Cyst',
    probability: 0.91,
    code: null,
    reason: null,
  };
  const refused: BatchReportRow = {
    ...row,
    file: 'b.png',
    image: 'b.png',
    scan: '',
    state: 'refused',
    class: null,
    probability: null,
    code: 'image/truncated',
    reason: 'The file ends before its pixels do.',
  };
  const report: BatchReport = {
    source: 'incoming',
    createdAt: '2026-01-01T00:00:00Z',
    model,
    rows: [row, { ...row, image: 'c.png', state: 'review', probability: 0.4 }, refused],
    scans: [{ scan: 's1', class: 'Cyst', probability: 0.655, images: 2, keySlices: ['a.png', 'c.png'] }],
  };

  it('counts every image once and names each refusal with its reason', () => {
    const html = batchReportHtml(report);
    expectSelfContained(html);
    for (const words of ['answered', 'review: look at it yourself', 'refused: no answer']) {
      expect(html).toContain(`<th scope="row">${words}</th><td class="number">1</td>`);
    }
    expect(html).toContain('<th scope="row">in all</th><td class="number">3</td>');
    expect(html).toContain('<code>image/truncated</code>');
    expect(occurrences(html, 'The file ends before its pixels do.')).toBe(2);
    expect(html).toContain('<bdi>a.png</bdi><br><bdi>c.png</bdi>');
  });

  it('shows what readers decided beside the answers of the model, when somebody decided', () => {
    expect(batchReportHtml(report)).not.toContain('Decisions of readers');
    const review = { decision: 'correct', class: 'Stone', reader: 'Dr. A', at: '2026-03-04T05:06:07Z' } as const;
    const html = batchReportHtml({ ...report, rows: [{ ...row, review }, refused] });
    expectSelfContained(html);
    expect(html).toContain('1 image with a decision: 0 accepted, 1 corrected, 0 refused');
    for (const words of ['Decisions of readers', 'corrected', '<bdi>Stone</bdi>', '<bdi>Dr. A</bdi>', review.at]) {
      expect(html).toContain(words);
    }
  });

  it('says beside the name of the model that it never saw a patient, when the card says so', () => {
    const synthetic = batchReportHtml({ ...report, model: { ...model, trainedOnSyntheticImages: true } });
    expect(synthetic).toContain('<bdi>demo-model</bdi> (trained on synthetic images)');
    expect(synthetic).toContain('This model was trained on synthetic images.');
    expect(batchReportHtml(report)).not.toContain('synthetic');
  });

  it('stands an empty batch', () => {
    const html = batchReportHtml({ ...report, rows: [], scans: [] });
    expect(html).toContain('No scan has an answer.');
    expect(html).toContain('No file was refused.');
  });

  it('shows the first 10,000 images of a large batch, every refusal, and says so', () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => ({ ...(i % 2 === 0 ? row : refused), image: `image ${i}` }));
    const html = batchReportHtml({ ...report, rows });
    expect(html).toContain('The first 10,000 of 12,000 images; the CSV file has every one.');
    expect(occurrences(html, '<code>image/truncated</code>')).toBe(6000);
  });
});

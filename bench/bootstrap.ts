/**
 * Every figure of metrics.json with its interval: 10,000 resamples over patient groups for 12,000 predictions of 4 classes,
 * slice and scan level. Three shapes: few large groups, many small ones, and each slice a group of its own (the worst).
 * On a busy machine the CPU time says more than the wall.
 * Prints a table and writes bench/results/bootstrap.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Prediction } from '../src/pipeline/domain/metrics.ts';
import { randomFrom } from '../src/pipeline/domain/random.ts';
import { computeMetrics } from '../src/pipeline/metrics/index.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const classes = ['Cyst', 'Normal', 'Stone', 'Tumor'];
const slices = 12_000;
const resamples = 10_000;
const goalMs = 2000;

/** Patients with an effect each, so that answers of one group are alike. */
function predictionsOf(groups: number): Prediction[] {
  const random = randomFrom('bench bootstrap', groups);
  const effects = Array.from({ length: groups }, () => random.normal());
  return Array.from({ length: slices }, (_, i) => {
    const group = i % groups;
    const truth = group % classes.length;
    const odds = classes.map((_name, k) => Math.exp(random.normal() + (k === truth ? 1 + (effects[group] ?? 0) : 0)));
    const sum = odds.reduce((total, odd) => total + odd, 0);
    const probabilities = odds.map((odd) => Math.fround(odd / sum));
    return { image: `image-${i}`, scan: `scan-${group}`, group: `patient-${group}`, truth, probabilities };
  });
}

function spreadOf(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { median, text: `${median.toFixed(0)} ms (${sorted[0]?.toFixed(0)}-${sorted.at(-1)?.toFixed(0)})` };
}

const lines = [100, 300, 1000, slices].map((groups) => {
  const predictions = predictionsOf(groups);
  const values = Array.from({ length: Number(options.rounds) }, () => {
    const started = performance.now();
    const cpuBefore = process.cpuUsage();
    computeMetrics(predictions, classes, {
      part: 'test',
      honesty: 'grouped',
      protocol: 'holdout',
      scanVote: 'mean',
      resamples,
      seed: 1,
    });
    const { user, system } = process.cpuUsage(cpuBefore);
    return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
  });
  const wall = spreadOf(values.map(({ wallMs }) => wallMs));
  const cpu = spreadOf(values.map(({ cpuMs }) => cpuMs));
  console.log(`  ${`${slices} predictions, ${groups} groups`.padEnd(36)} wall ${wall.text.padEnd(24)} CPU ${cpu.text}`);
  return { groups, goalMs: groups === slices ? null : goalMs, wallMs: wall.median, cpuMs: cpu.median, values };
});

const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg() };
writeFileSync(
  join(folder, 'bootstrap.json'),
  `${JSON.stringify({ name: 'bootstrap', slices, resamples, machine, lines }, null, 2)}\n`,
);

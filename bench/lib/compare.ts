import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** One side of a comparison: a name, and a run that answers with a rate (more is better). */
export interface Contender {
  readonly name: string;
  readonly unit: string;
  run(round: number): number;
}

interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * Runs the peer and ours in turn, A B C A B C …, and compares round by round, so that a machine that slows down slows
 * all sides. Prints a table and writes bench/results/<name>.json.
 */
export function compare(name: string, rounds: number, peer: Contender, ours: readonly Contender[]): void {
  const rates = new Map<string, number[]>([peer, ...ours].map(({ name: each }) => [each, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of [peer, ...ours]) {
      const rate = contender.run(round);
      rates.get(contender.name)?.push(rate);
      console.error(`round ${round}/${rounds}  ${contender.name}: ${rate.toFixed(1)} ${contender.unit}`);
    }
  }
  const base = rates.get(peer.name) ?? [];
  const rows = [peer, ...ours].map((contender) => {
    const own = rates.get(contender.name) ?? [];
    const ratios = own.map((rate, round) => rate / (base[round] ?? Number.NaN));
    return { name: contender.name, unit: contender.unit, rate: spreadOf(own), ratio: spreadOf(ratios), rates: own };
  });
  const folder = join(import.meta.dirname, '..', 'results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg() };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ name, rounds, machine, rows }, null, 2)}\n`);
  console.log(`${name}: ${rounds} alternating rounds on ${machine.cores} cores`);
  for (const { name: each, unit, rate, ratio } of rows) {
    const figures = `median ${rate.median.toFixed(1)} (${rate.min.toFixed(1)}-${rate.max.toFixed(1)}) ${unit}`;
    const against = `ratio ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)}-${ratio.max.toFixed(2)})`;
    console.log(`  ${each.padEnd(42)} ${figures.padEnd(48)} ${against}`);
  }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}

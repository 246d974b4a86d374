import type { Contract } from '../../domain/contract.ts';
import { HilumError } from '../../domain/errors.ts';
import type { DecodedImage } from '../../domain/image.ts';
import {
  type ContractSearch,
  referenceTolerance,
  type StatedContract,
  type TriedContract,
  type Way,
} from '../../domain/import-network.ts';
import type { WeightedNetwork } from '../../domain/network.ts';
import { type ChannelRange, channelRange } from '../../domain/value-ranges.ts';
import { contractOf } from '../../domain/way-contract.ts';
import { applyContract } from '../../images/index.ts';
import { toOnnx } from '../../network/index.ts';
import { createEngine, type Engine } from '../../predictions/index.ts';
import { throwIfCancelled } from '../cancel.ts';
import type { StageContext } from '../context.ts';
import { type Comparison, compareAnswers, indexOfLargest } from './compare.ts';
import { type Reference, type ReferenceRow, readPicture, requireGrey } from './reference.ts';
import { waysOf } from './ways.ts';

const sampleSize = 16;
/** Ways that are tried on every picture. */
const finalists = 3;
const longestTable = 20;

/** A tried way with what it was tried on. */
interface Tried extends Comparison {
  readonly way: Way;
  readonly images: number;
  readonly answers: readonly Float32Array[];
}

/**
 * Tries every way of reading pictures that the stated part leaves open, on a sample, then the best ones on all.
 * @throws HilumError `network/class-count`, `contract/coloured`, `image/…`, `cancelled/by-user`
 */
export async function findContract(
  net: WeightedNetwork,
  stated: StatedContract,
  reference: Reference,
  context: StageContext,
): Promise<ContractSearch> {
  const { rows, classes } = reference;
  const sample = evenly(rows, sampleSize);
  await requireGrey(sample);
  const engine = await createEngine(toOnnx(net));
  try {
    if (engine.outputLength !== classes.length) {
      throw new HilumError('network/class-count', { actual: engine.outputLength, given: classes.length });
    }
    const trial: Trial = { engine, net, stated, fixed: fixedOrder(stated, classes), context };
    const ways = waysOf(stated, net.network.input.channels);
    const first = (await tryWays(trial, ways, sample, 'Trying ways of reading pictures')).sort(byDeviation);
    const best = first.slice(0, finalists).map(({ way }) => way);
    const last = (await tryWays(trial, best, rows, 'Comparing all pictures')).sort(byDeviation);
    const [winner] = last;
    const all = [...last, ...first.filter(({ way }) => !best.includes(way))];
    return {
      tried: all.slice(0, longestTable).map((tried) => rowOf(tried, classes)),
      ways: ways.length,
      isFound: winner !== undefined && winner.deviation <= referenceTolerance,
      missing: reference.missing,
      accuracy: winner === undefined ? null : accuracyOf(winner, reference),
    };
  } finally {
    await engine.close();
  }
}

interface Trial {
  readonly engine: Engine;
  readonly net: WeightedNetwork;
  readonly stated: StatedContract;
  readonly fixed: readonly number[] | undefined;
  readonly context: StageContext;
}

/** Each picture is decoded once, resized once a rule, and answered once a way. */
async function tryWays(
  trial: Trial,
  ways: readonly Way[],
  rows: readonly ReferenceRow[],
  step: string,
): Promise<Tried[]> {
  const answers = ways.map((): Float32Array[] => []);
  for (const [index, row] of rows.entries()) {
    throwIfCancelled(trial.context.signal);
    trial.context.report({ step, done: index, total: rows.length, fraction: index / rows.length });
    const image = await readPicture(row.path);
    const greys = new Map<string, Float32Array>();
    const found = await Promise.all(ways.map((way) => trial.engine.run(numbersOf(trial, way, image, greys), 1)));
    for (const [at, values] of found.entries()) answers[at]?.push(values);
  }
  const expected = rows.map(({ probabilities }) => probabilities);
  return ways.map((way, at) => {
    const own = answers[at] ?? [];
    return { way, images: rows.length, answers: own, ...compareAnswers(own, expected, trial.fixed) };
  });
}

function numbersOf(
  { net, stated }: Trial,
  way: Way,
  image: DecodedImage,
  greys: Map<string, Float32Array>,
): Float32Array {
  const { size, channels } = net.network.input;
  const key = `${way.resize} ${way.rounding}`;
  let grey = greys.get(key);
  if (grey === undefined) {
    const plain: Way = { ...way, range: '0..255' };
    const contract: Contract = contractOf(stated, plain, { classes: [], size, depth: channels });
    grey = applyContract(image, contract, 1);
    greys.set(key, grey);
  }
  return spread(grey, channelRange(way.range, way.channels), channels);
}

function spread(grey: Float32Array, { mean, std }: ChannelRange, channels: number): Float32Array {
  const values = new Float32Array(grey.length * channels);
  for (let index = 0; index < values.length; index++) {
    const channel = index % channels;
    values[index] = ((grey[Math.floor(index / channels)] ?? 0) - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  }
  return values;
}

function fixedOrder({ classes }: StatedContract, columns: readonly string[]): number[] | undefined {
  if (classes === undefined) return undefined;
  if (classes.length !== columns.length) {
    throw new HilumError('network/class-count', { actual: columns.length, given: classes.length });
  }
  const order = classes.map((name) => columns.indexOf(name));
  const unknown = classes[order.indexOf(-1)];
  if (unknown !== undefined)
    throw new HilumError('table/bad-header', { file: 'the reference', line: 1, key: `p_${unknown}` });
  return order;
}

function rowOf({ way, order, deviation, agreement, images }: Tried, columns: readonly string[]): TriedContract {
  // Infinity is no JSON; nothing differs by more than this.
  const finite = Number.isFinite(deviation) ? deviation : Number.MAX_VALUE;
  return { ...way, classes: order.map((at) => columns[at] ?? ''), deviation: finite, agreement, images };
}

function accuracyOf({ answers, order }: Tried, { rows, classes }: Reference): number | null {
  const known = rows.flatMap(({ truth }, index) => (truth === undefined || truth === '' ? [] : [{ truth, index }]));
  if (known.length === 0) return null;
  const right = known.filter(
    ({ truth, index }) => classes[order[indexOfLargest(answers[index] ?? [])] ?? -1] === truth,
  );
  return right.length / known.length;
}

const byDeviation = (a: Tried, b: Tried): number => a.deviation - b.deviation;

function evenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  return Array.from({ length: count }, (_, index) => all[Math.floor(((index + 0.5) * all.length) / count)]).flatMap(
    (each) => (each === undefined ? [] : [each]),
  );
}

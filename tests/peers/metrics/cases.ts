import { type Random, randomFrom } from '../../../src/pipeline/domain/random.ts';

export interface PeerCase {
  readonly what: string;
  readonly truth: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}

interface Shape {
  readonly size: number;
  readonly classes: number;
}

type Row = (random: Random, classes: number, truth: number) => number[];

/** Seeded cases, ordinary and degenerate, that a second implementation must agree on. */
export function peerCases(): PeerCase[] {
  const random = randomFrom('peer cases', 1);
  const made: PeerCase[] = [];
  const add = (what: string, shape: Shape, row: Row, truthOf = () => random.below(shape.classes)) => {
    const truth = Array.from({ length: shape.size }, truthOf);
    made.push({ what, truth, probabilities: truth.map((each) => row(random, shape.classes, each)) });
  };
  for (let i = 0; i < 60; i++) add('random', { size: 2 + random.below(200), classes: 2 + random.below(5) }, skilled);
  for (let i = 0; i < 40; i++) add('ties', { size: 2 + random.below(80), classes: 2 + random.below(4) }, coarse);
  for (let i = 0; i < 25; i++)
    add('zeros and ones', { size: 1 + random.below(40), classes: 2 + random.below(4) }, oneHot);
  for (let i = 0; i < 15; i++) add('all equal', { size: 1 + random.below(30), classes: 2 + random.below(4) }, uniform);
  for (let i = 0; i < 20; i++) {
    add(
      'one class only',
      { size: 1 + random.below(40), classes: 2 + random.below(4) },
      i % 2 === 0 ? skilled : coarse,
      () => 1,
    );
  }
  for (let i = 0; i < 25; i++) {
    const classes = 3 + random.below(3);
    const absent = random.below(classes);
    const others = Array.from(Array(classes).keys()).filter((k) => k !== absent);
    // In half of them the absent class is never answered either.
    const row: Row =
      i % 2 === 0 ? coarse : (source, _classes, truth) => without(skilled(source, classes, truth), absent);
    add('an empty class', { size: 4 + random.below(60), classes }, row, () => others[random.below(others.length)] ?? 0);
  }
  for (let i = 0; i < 20; i++)
    add('single image', { size: 1, classes: 2 + random.below(4) }, i % 2 === 0 ? skilled : oneHot);
  for (let i = 0; i < 10; i++) add('edges of bins', { size: 60, classes: 2 }, onBinEdge);
  for (let i = 0; i < 5; i++) add('large', { size: 3000, classes: 4 }, skilled);
  return made;
}

const normalised = (odds: readonly number[]): number[] => {
  const sum = odds.reduce((total, odd) => total + odd, 0);
  return odds.map((odd) => odd / sum);
};

const skilled: Row = (random, classes, truth) =>
  normalised(Array.from({ length: classes }, (_, k) => Math.exp(random.normal() + (k === truth ? 1 : 0))));

/** Few distinct values, so that scores and answers tie. */
const coarse: Row = (random, classes) => {
  const parts = Array.from({ length: classes }, () => random.below(3));
  return normalised(parts.every((part) => part === 0) ? parts.map(() => 1) : parts);
};

const oneHot: Row = (random, classes) => {
  const answer = random.below(classes);
  return Array.from({ length: classes }, (_, k) => (k === answer ? 1 : 0));
};

const uniform: Row = (_random, classes) => Array.from({ length: classes }, () => 1 / classes);

const onBinEdge: Row = (random) => {
  const edge = random.below(16) / 15;
  return [edge, 1 - edge];
};

function without(probabilities: readonly number[], absent: number): number[] {
  return normalised(probabilities.map((probability, k) => (k === absent ? 0 : probability)));
}

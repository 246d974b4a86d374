import type { Contract } from '../../domain/contract.ts';
import type { Domain } from '../../domain/image.ts';
import { randomFrom } from '../../domain/random.ts';
import { hotShare, type Trust, trustLimits } from '../../domain/trust.ts';
import { hottest, randomRegion, resized } from '../../explain/index.ts';
import { spansOf } from '../../images/index.ts';
import { type Finding, findings, type LesionPicture, lesionPicture } from '../../phantom/index.ts';
import type { Explainer } from '../explain/explainer.ts';
import { regionCells, type TrustCase, trustCase } from './case.ts';
import { mean, rounded, shareWithInterval } from './figures.ts';

/** Synthetic pictures of each class: enough right answers to speak of, few enough to wait for. */
const picturesOf: Record<Finding, number> = { Cyst: 14, Normal: 7, Stone: 14, Tumor: 14 };
/** Fewer right answers than this say nothing. */
const leastRight = 10;
/** A lesion counts as found when at least this share of it lies in the hot fifth. */
const enoughOfLesion = 0.5;

export interface LesionCase extends TrustCase {
  readonly lesion: LesionPicture;
  /** Index of the true class in the contract; -1 where it has no such class. */
  readonly truth: number;
}

/** Synthetic pictures of every finding, with what the model says of them. */
export async function lesionCases(contract: Contract, explainer: Explainer): Promise<LesionCase[]> {
  const [domain = 'display'] = contract.domains;
  const wanted = findings.flatMap((finding) =>
    Array.from({ length: picturesOf[finding] }, (_, index) => ({ finding, seed: index + 1 })),
  );
  return Promise.all(wanted.map((each) => lesionCase(each.seed, each.finding, domain, contract, explainer)));
}

async function lesionCase(
  seed: number,
  finding: Finding,
  domain: Domain,
  contract: Contract,
  explainer: Explainer,
): Promise<LesionCase> {
  const lesion = lesionPicture(seed, finding, domain);
  const truth = contract.classes.findIndex((name) => plainName(name) === plainName(finding));
  const picture = { picture: lesion.image, group: `${finding} ${seed}` };
  return { ...(await trustCase(picture, contract, explainer)), lesion, truth };
}

/** `Tumours`, `tumor` and `Tumor` are one class. */
function plainName(name: string): string {
  return name.trim().toLowerCase().replace('tumour', 'tumor').replace(/s$/, '');
}

/** (c) of the trust test, over the pictures with a lesion that the model answers right. */
export function lesionsPart(contract: Contract, cases: readonly LesionCase[]): Trust['lesions'] {
  const withLesion = cases.filter(({ lesion, truth }) => truth >= 0 && lesion.finding !== 'Normal');
  const right = withLesion.filter(isRight);
  const counts = { pictures: withLesion.length, right: right.length };
  if (withLesion.length === 0) return { applicable: false, reason: 'no-class', ...counts };
  if (!isKnown(contract, cases, right.length)) return { applicable: false, reason: 'not-known', ...counts };
  const side = regionCells(contract);
  const looks = right.map((each, index) => lookOf(each, contract, side, index));
  const classes: Record<string, { right: number; inside: number }> = {};
  for (const { name, isInside } of looks) {
    const known = classes[name] ?? { right: 0, inside: 0 };
    classes[name] = { right: known.right + 1, inside: known.inside + (isInside ? 1 : 0) };
  }
  const inside = shareWithInterval(looks.filter(({ isInside }) => isInside).length, looks.length);
  const limit = trustLimits.lesions;
  return {
    applicable: true,
    ...counts,
    inside,
    chance: rounded(mean(looks.map(({ byChance }) => byChance))),
    pointing: rounded(mean(looks.map(({ points }) => (points ? 1 : 0)))),
    limit,
    classes,
    passed: inside.value > limit,
  };
}

const isRight = ({ truth, explained }: LesionCase): boolean => truth === explained.predicted;

/** The model has to know more of synthetic pictures than a guess; else its right answers are luck, and so is their place. */
function isKnown({ classes }: Contract, cases: readonly LesionCase[], rightLesions: number): boolean {
  const asked = cases.filter(({ truth }) => truth >= 0);
  return (
    rightLesions >= leastRight && shareWithInterval(asked.filter(isRight).length, asked.length).low > 1 / classes.length
  );
}

const chanceRegions = 8;

function lookOf({ lesion, truth, explained, body }: LesionCase, contract: Contract, side: number, index: number) {
  const heat = resized(explained.heatOf(truth), side, side);
  const hot = hottest(heat, hotShare);
  const cells = lesionCells(lesion, contract, side);
  const shareIn = (region: Uint8Array): number => mean(cells.map((cell) => region[cell] ?? 0));
  const random = randomFrom('trust chance', index);
  const size = hot.reduce((sum, cell) => sum + cell, 0);
  const byChance = Array.from({ length: chanceRegions }, () => shareIn(randomRegion(body, side, size, random)));
  const hottestCell = heat.values.indexOf(Math.max(...heat.values));
  return {
    name: contract.classes[truth] ?? '',
    isInside: shareIn(hot) >= enoughOfLesion,
    byChance: mean(byChance.map((share) => (share >= enoughOfLesion ? 1 : 0))),
    points: cells.includes(hottestCell),
  };
}

/** The cell of each pixel of the lesion that the network saw, pixel by pixel. */
function lesionCells({ lesion, image }: LesionPicture, contract: Contract, side: number): number[] {
  const { columns, rows } = spansOf(image, contract);
  const cells: number[] = [];
  lesion.forEach((value, at) => {
    if (value === 0) return;
    const x = (at % image.width) + 0.5 - columns.start + columns.before;
    const y = Math.floor(at / image.width) + 0.5 - rows.start + rows.before;
    const column = Math.floor((x / columns.padded) * side);
    const row = Math.floor((y / rows.padded) * side);
    if (column >= 0 && row >= 0 && column < side && row < side) cells.push(row * side + column);
  });
  return cells;
}

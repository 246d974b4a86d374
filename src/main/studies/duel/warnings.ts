import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256File } from '../../../pipeline/disk/hash.ts';
import type { Duel } from '../../../pipeline/domain/duel.ts';
import { artifactNames } from '../../../pipeline/domain/stage-inputs.ts';
import { readKeptMetrics } from '../kept-files.ts';
import type { Study } from '../study.ts';
import { counted } from '../text-table.ts';
import type { Ground } from './fight.ts';
import type { Side } from './sides.ts';

interface Pair {
  readonly a: Side;
  readonly b: Side;
}

/** What must be known of two runs before their duel is read, in full sentences. */
export async function warningsOfRuns({ workspace }: Study, { a, b }: Pair): Promise<string[]> {
  const { state } = workspace.paths;
  const warnings = leaky({ a, b });
  if (a.run?.splitHash !== b.run?.splitHash)
    warnings.push('The splits differ: only images that both held out are compared.');
  const [first, second] = await Promise.all(
    [a, b].map(({ run }) => (run === null ? null : readKeptMetrics(state, run.id))),
  );
  if (first !== null && second !== null && first?.protocol !== second?.protocol)
    warnings.push(
      'One was cross-validated, the other held a part out: what is compared are procedures, not two models.',
    );
  return warnings;
}

/** The same for sealed models on images that they may have learned from. */
export async function warningsOfModels(
  { workspace }: Study,
  { a, b }: Pair,
  ground: Ground,
  { known_images: known }: Duel,
): Promise<string[]> {
  const warnings = leaky({ a, b });
  if (ground.kind === 'folder') {
    if (known !== null && known > 0)
      warnings.push(
        `${counted(known, 'image')} stand in the dataset of this workspace, outside its test part: a model that was trained here may know them.`,
      );
    return warnings;
  }
  const split = join(workspace.paths.artifacts, artifactNames.split);
  const now = existsSync(split) ? await sha256File(split) : null;
  for (const [letter, { name, run }] of [
    ['A', a],
    ['B', b],
  ] as const) {
    if (run === null)
      warnings.push(`It is not known what ${letter} ("${name}") was trained on: it may know these patients.`);
    else if (run.splitHash !== now)
      warnings.push(`${letter} ("${name}") was trained on another split: it may have learned from these patients.`);
  }
  return warnings;
}

function leaky({ a, b }: Pair): string[] {
  return (
    [
      ['A', a],
      ['B', b],
    ] as const
  ).flatMap(([letter, { name, run }]) =>
    run?.leaky === true
      ? [
          `Leaky: ${letter} ("${name}") was trained on patients of its own test part. What it shows is memory, not skill.`,
        ]
      : [],
  );
}

import type { Records } from '../../records/index.ts';
import { readKeptSeal } from '../kept-files.ts';

/** Who needs stored models besides the runs that are to go. */
export interface KeptModels {
  readonly records: Records;
  /** Seals that the user's settings name. */
  readonly inSettings: readonly string[];
  /** Folders of the workspace, absolute; left out: what its caches hold of the runs stays. */
  readonly folders?: { readonly root: string; readonly artifacts: string } | undefined;
}

/** Seals of the models that these runs made: `free` ones nobody else needs. */
export async function sealsOf(
  state: string,
  which: readonly string[],
  { records, inSettings }: KeptModels,
): Promise<{ free: string[]; needed: string[] }> {
  // Hidden runs count: their deletion can still be taken back.
  const going = new Set(which);
  const others = records.runDeletions.everyId().filter((id) => !going.has(id));
  const seals = await distinctSeals(state, which);
  if (seals.size === 0) return { free: [], needed: [] };
  const needed = new Set([
    ...inSettings,
    ...promotedSeals(records),
    ...records.batches.list().map(({ modelSeal }) => modelSeal),
    ...(await distinctSeals(state, others)),
  ]);
  return {
    free: [...seals].filter((seal) => !needed.has(seal)),
    needed: [...seals].filter((seal) => needed.has(seal)),
  };
}

/** Of every version that ever held an alias: a rollback leads back to it. */
function promotedSeals({ promotions, modelVersions }: Records): string[] {
  const versions = new Set(promotions.list().flatMap(({ version }) => (version === null ? [] : [version])));
  return [...versions].map((version) => modelVersions.get(version).seal);
}

/** Files that are read at the same time: thousands of runs are looked through. */
const atOnce = 32;

async function distinctSeals(state: string, runs: readonly string[]): Promise<Set<string>> {
  const seals = new Set<string>();
  for (let first = 0; first < runs.length; first += atOnce) {
    const group = runs.slice(first, first + atOnce);
    for (const seal of await Promise.all(group.map((run) => readKeptSeal(state, run)))) {
      if (seal !== null) seals.add(seal);
    }
  }
  return seals;
}

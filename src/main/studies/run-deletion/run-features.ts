import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { contractSchema } from '../../../pipeline/domain/contract.ts';
import type { SealedFile } from '../../../pipeline/domain/sealed-model.ts';
import { modelStore } from '../../models/store.ts';
import type { Run } from '../../records/runs.ts';
import { featurePath } from '../cached-features.ts';
import { readKeptSeal } from '../kept-files.ts';
import { readPreparedBase } from '../prepared-base.ts';
import type { KeptModels } from './kept-models.ts';

const contractFile: SealedFile = 'contract.json';

/**
 * Files of the feature cache that only these runs were trained on: neither another run nor the base model that is there
 * would read them again.
 * @returns absolute paths; none where the workspace's folders are not known
 */
export async function ownFeatures(state: string, which: readonly string[], models: KeptModels): Promise<string[]> {
  const { records, folders } = models;
  if (folders === undefined) return [];
  const going = new Set(which);
  const known = new Map<string, string | undefined>();
  const pathsOf = async (runs: readonly Run[]): Promise<Set<string>> => {
    const paths = new Set<string>();
    for (const run of runs) {
      const key = `${run.backboneHash} ${run.contractHash}`;
      if (!known.has(key)) known.set(key, await featuresOf(state, run));
      const path = known.get(key);
      if (path !== undefined) paths.add(path);
    }
    return paths;
  };
  // Runs first that are to go: of the others with the same network nothing has to be read then.
  const runs = records.runDeletions.everyRun();
  const own = await pathsOf(runs.filter(({ id }) => going.has(id)));
  if (own.size === 0) return [];
  const needed = await pathsOf(runs.filter(({ id }) => !going.has(id)));
  const base = await readPreparedBase({ root: folders.root, artifacts: folders.artifacts, state });
  if (base !== undefined) needed.add(featurePath(state, base.contract, base.backbone_hash));
  return [...own].filter((path) => !needed.has(path));
}

/** By the contract of the model that the run made; without one nobody knows. */
async function featuresOf(state: string, { id, backboneHash }: Run): Promise<string | undefined> {
  const seal = await readKeptSeal(state, id);
  if (seal === null || backboneHash === null) return undefined;
  const text = await readFile(join(modelStore(state), seal, contractFile), 'utf8').catch(() => undefined);
  const contract = contractSchema.safeParse(text === undefined ? undefined : jsonOf(text));
  return contract.success ? featurePath(state, contract.data, backboneHash) : undefined;
}

function jsonOf(text: string): z.core.util.JSONType | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

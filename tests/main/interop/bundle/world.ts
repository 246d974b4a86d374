import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addModel, modelStore } from '../../../../src/main/models/store.ts';
import type { Records } from '../../../../src/main/records/index.ts';
import { keptFolder, keptNames } from '../../../../src/main/studies/kept.ts';
import type { Study } from '../../../../src/main/studies/study.ts';
import { configSchema, paramsSchema } from '../../../../src/pipeline/domain/params.ts';
import { temporaryFolder, testRecords } from '../../../helpers/records.ts';
import { addRun, type SampleRun, sampleMetrics } from '../../../helpers/runs.ts';
import { sealTinyModel } from '../../../helpers/tiny-model.ts';

export const now = '2026-03-01T10:00:00.000Z';

/** A workspace with records, as far as bundles need one. */
export interface World {
  readonly study: Study;
  readonly records: Records;
  readonly root: string;
  readonly state: string;
}

/** @param prefix of the ids of its runs: two workspaces never make the same ones */
export function newWorld(prefix: string): World {
  const root = temporaryFolder();
  const state = join(root, '.hilum');
  mkdirSync(state);
  let ids = 0;
  const records = testRecords(join(state, 'hilum.db'), { newId: () => `${prefix}-${++ids}` });
  const paths = { root, artifacts: join(root, 'artifacts'), state };
  const workspace: Study['workspace'] = { paths, params: paramsSchema.parse({}), config: configSchema.parse({}) };
  return { study: { workspace, records }, records, root, state };
}

/** Names of files, scans and patients that must not leave the house. */
export const patient = 'MUSTERMANN_ERIKA';

/** A run that was trained and evaluated, with its kept files, on images that are named like a patient. */
export async function evaluatedRun(
  { records, state }: World,
  sample: SampleRun = {},
  model?: { readonly seed: number },
): Promise<string> {
  const id = addRun(records, {
    losses: [0.9, 0.5],
    figures: { 'scan/balanced_accuracy': 0.75 },
    tags: ['ct'],
    ...sample,
  });
  const folder = keptFolder(state, id);
  mkdirSync(folder, { recursive: true });
  const rows = ['Cyst', 'Normal', 'Stone'].map(
    (label, at) => `${patient}/${at}.dcm,${patient} scan ${at},${patient},${label},Cyst,0.${at}1,1e-7,0.5`,
  );
  const header = 'image,scan,group,class,predicted,p_Cyst,p_Normal,p_Stone';
  writeFileSync(join(folder, keptNames.predictions), `${[header, ...rows].join('\n')}\n`);
  writeFileSync(join(folder, keptNames.metrics), JSON.stringify(sampleMetrics()));
  const trained = [{ group: patient, pixel_hash: 'f'.repeat(64) }];
  const training = { run: id, leaky: false, protocol: 'holdout', folds: 0, best_epoch: 2, epochs: 2, trained };
  writeFileSync(join(folder, keptNames.training), JSON.stringify(training));
  if (model !== undefined) await keepSealed(state, id, model.seed);
  records.artefacts.set(id, [
    { path: 'artifacts/model/weights.bin', sha256: 'a'.repeat(64), bytes: 10 },
    { path: `../${patient}/extra.csv`, sha256: 'b'.repeat(64), bytes: 11 },
  ]);
  return id;
}

async function keepSealed(state: string, run: string, seed: number): Promise<void> {
  const folder = join(state, `sealed-${seed}`);
  await sealTinyModel(folder, { seed });
  const seal = await addModel(state, folder, { origin: 'trained', run, addedAt: now });
  writeFileSync(join(keptFolder(state, run), keptNames.model), JSON.stringify({ seal }));
}

export const storeOf = ({ state }: World): string => modelStore(state);

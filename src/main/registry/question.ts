import { HilumError } from '../../pipeline/domain/errors.ts';
import { type ModelAlias, versionName } from '../../pipeline/domain/registry.ts';
import type { Ground } from '../studies/duel/fight.ts';
import { runOfModel } from '../studies/duel/run-of-model.ts';
import { type Side, sideOfModel } from '../studies/duel/sides.ts';
import type { Study } from '../studies/study.ts';
import type { GateMeans, GateQuestion } from './gates/gate.ts';
import { modelOfVersion } from './resolve.ts';

/** What the gates are asked when a version is to stand at an alias. @throws HilumError `registry/…`, `model/…` */
export async function questionOf(
  study: Study,
  version: number,
  means: GateMeans,
  ground: Ground = { kind: 'runs' },
): Promise<GateQuestion> {
  const known = await modelOfVersion(study.records, study.workspace.paths.state, version);
  const candidate = named(await sideOfModel(study, known), version);
  const model = { seal: known.id, folder: known.folder };
  const champion = await standingSide(study, 'champion');
  return { study, candidate, model, champion, ground, means, policy: study.workspace.config.registry };
}

/** What stands at an alias; without a model where its files are gone or damaged, so that a duel on kept answers is still possible. */
export async function standingSide(study: Study, alias: ModelAlias): Promise<Side | null> {
  const { records, workspace } = study;
  const version = records.promotions.newest(alias)?.version ?? null;
  if (version === null) return null;
  try {
    return named(await sideOfModel(study, await modelOfVersion(records, workspace.paths.state, version)), version);
  } catch (error) {
    if (!(error instanceof HilumError) || !/^(model|registry)\//.test(error.code)) throw error;
    const { seal, run: made } = records.modelVersions.get(version);
    const run = await runOfModel(study, { id: seal, run: made });
    return { name: versionName(version), run, model: null };
  }
}

function named(side: Side, version: number): Side {
  return { ...side, name: `${side.name} (${versionName(version)})` };
}

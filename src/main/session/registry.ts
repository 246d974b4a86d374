import { duelSchema } from '../../pipeline/domain/duel.ts';
import { type ModelAlias, modelAliases } from '../../pipeline/domain/registry.ts';
import type { Output } from '../ipc/contract.ts';
import { inspectModel } from '../models/inspect.ts';
import { requireRegularFiles } from '../models/sealed-folder.ts';
import { listModels } from '../models/store.ts';
import { verifiedModelSchema } from '../models/verify.ts';
import { checkGates } from '../registry/check-gates.ts';
import type { GateMeans } from '../registry/gates/gate.ts';
import { versionOf } from '../registry/promote.ts';
import { questionOf } from '../registry/question.ts';
import { modelTitle } from '../workspace/model-identity.ts';
import type { Session } from './session.ts';

/** What gates need, in the viewer's worker. */
export function gateMeans(session: Session): GateMeans {
  return {
    async verify(folder) {
      await requireRegularFiles(folder);
      return session.viewer.run('verify', { model: folder }, verifiedModelSchema);
    },
    duel: (input) => session.viewer.run('duel', input, duelSchema),
    newId: session.context().newId,
    env: session.env,
  };
}

/** What the gates say of a model, nothing changed. @throws HilumError `registry/no-version`, `model/…` */
export async function askGates(session: Session, model: string, alias: ModelAlias): Promise<Output<'registry/gates'>> {
  // config.yaml may have been edited since the workspace was opened.
  await session.reloadStudy();
  const { study } = session;
  const report = await checkGates(await questionOf(study, versionOf(study, model), gateMeans(session)), alias);
  return { ...report, checks: [...report.checks] };
}

/** Aliases and history for the page. */
export async function registryState({ study }: Session): Promise<Output<'registry/get'>> {
  const { promotions, modelVersions } = study.records;
  const stored = await listModels(study.workspace.paths.state);
  const described = async (version: number | undefined) => {
    if (version === undefined) return null;
    const { seal } = modelVersions.get(version);
    const folder = stored.find(({ id }) => id === seal)?.folder;
    const identity = folder === undefined ? undefined : (await inspectModel(folder)).identity;
    return { version, seal, title: identity === undefined ? null : modelTitle(identity) };
  };
  const standing = promotions.standing();
  const aliases = modelAliases.map(async (alias) => {
    const now = standing.find((each) => each.alias === alias);
    return {
      alias,
      at: await described(now?.version),
      since: now?.since ?? null,
      override: now?.override ?? null,
      before: await described(promotions.before(alias)[0]),
    };
  });
  return { aliases: await Promise.all(aliases), moves: promotions.list() };
}

import { notice } from '../../../pipeline/domain/outcome.ts';
import { modelAliases } from '../../../pipeline/domain/registry.ts';
import type { ModelVersion } from '../../records/model-versions.ts';
import { modelFolder } from './artefacts.ts';
import { cut, modelName } from './names.ts';
import type { SendTools } from './tools.ts';

export interface SentModels {
  /** Name of the registered model on the server. */
  readonly name: string;
  /** Versions that were made there now. */
  readonly versions: number;
  /** Aliases that were moved or taken away now. */
  readonly aliases: number;
  /** Versions whose run, with the files, is not on the server. */
  readonly withoutRun: number;
}

/** Tag by which a version there is known to be a model of ours. */
const sealTag = 'hilum.seal';

/**
 * Registers the models of the registry whose run was sent, oldest first, and sets the aliases as they stand here. Twice adds
 * nothing; null: there is nothing to register.
 */
export async function pushModels(tools: SendTools): Promise<SentModels | null> {
  const versions = tools.records.modelVersions.list().toReversed();
  const placed = versions.flatMap((version) => withSource(tools, version));
  if (placed.length === 0) return null;
  const name = modelName(tools.experiment);
  const { models } = tools;
  await models.createModel(name, notice);
  const there = await models.versionsByTag(name, sealTag);
  let made = 0;
  for (const { version, source, run } of placed) {
    if (there.has(version.seal)) continue;
    const tags = [
      { key: sealTag, value: version.seal },
      { key: 'hilum.version', value: `v${version.version}` },
    ];
    const description = cut([version.notes, notice].filter(Boolean).join('\n\n'), 5000);
    there.set(version.seal, await models.createVersion({ name, source, run, description, tags }));
    made++;
  }
  const aliases = await setAliases(tools, name, there);
  return { name, versions: made, aliases, withoutRun: versions.length - placed.length };
}

function withSource({ records, api }: SendTools, version: ModelVersion) {
  const link = version.run === null ? undefined : records.trackingLinks.get(api.server.address, version.run);
  if (link === undefined || link.state.artefacts[`${modelFolder}/seal.json`] === undefined) return [];
  return [{ version, source: `${link.state.artifactUri}/${modelFolder}`, run: link.remoteRun }];
}

async function setAliases(
  { models, records }: SendTools,
  name: string,
  there: ReadonlyMap<string, string>,
): Promise<number> {
  const now = await models.aliases(name);
  const standing = records.promotions.standing();
  let changed = 0;
  for (const alias of modelAliases) {
    const version = standing.find((each) => each.alias === alias)?.version;
    const wanted = version === undefined ? undefined : there.get(records.modelVersions.get(version).seal);
    if (wanted === now.get(alias)) continue;
    // One that stands here at a model without files there is left as it is: pointing at nothing would be false too.
    if (wanted !== undefined) await models.setAlias(name, alias, wanted);
    else if (version === undefined && isOurs(there, now.get(alias))) await models.removeAlias(name, alias);
    else continue;
    changed++;
  }
  return changed;
}

/** An alias that somebody set at a version of theirs is not ours to take away. */
function isOurs(there: ReadonlyMap<string, string>, version: string | undefined): boolean {
  return version !== undefined && [...there.values()].includes(version);
}

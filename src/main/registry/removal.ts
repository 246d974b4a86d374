import { HilumError } from '../../pipeline/domain/errors.ts';
import { versionName } from '../../pipeline/domain/registry.ts';
import type { Records } from '../records/index.ts';

/** @throws HilumError `registry/holds-alias` when the model stands at one */
export function requireNoAlias(records: Records, seal: string): void {
  const version = records.modelVersions.ofSeal(seal)?.version;
  const held = records.promotions.standing().find((each) => each.version === version);
  if (version === undefined || held === undefined) return;
  throw new HilumError('registry/holds-alias', { alias: held.alias, version: versionName(version) });
}

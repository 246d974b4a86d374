import type { ModelAlias } from '../../pipeline/domain/registry.ts';
import type { Records } from '../records/index.ts';

/** What the registry says of one model. */
export interface Registered {
  readonly version: number;
  readonly aliases: readonly {
    readonly alias: ModelAlias;
    /** Why it stands there although a gate failed. */
    readonly override: string | null;
  }[];
  readonly tags: readonly string[];
}

/** What the registry says of the model with this seal; undefined: it has no version. */
export function registrationOf(records: Records, seal: string): Registered | undefined {
  const version = records.modelVersions.ofSeal(seal)?.version;
  if (version === undefined) return undefined;
  const held = records.promotions.standing().filter((each) => each.version === version);
  const aliases = held.map(({ alias, override }) => ({ alias, override }));
  return { version, aliases, tags: records.modelTags.of(version) };
}

/** What the registry says, by seal. */
export function registered(records: Records): ReadonlyMap<string, Registered> {
  const standing = records.promotions.standing();
  const tags = records.modelTags.all();
  const entries = records.modelVersions.list().map(({ seal, version }) => {
    const aliases = standing.flatMap((each) =>
      each.version === version ? [{ alias: each.alias, override: each.override }] : [],
    );
    return [seal, { version, aliases, tags: tags.get(version) ?? [] }] as const;
  });
  return new Map(entries);
}

/** Tag → whether all, some (`mixed`) or none of the runs have it. */
export type TagStates = ReadonlyMap<string, boolean | 'mixed'>;

/** @param tags of each run */
export function tagStates(tags: readonly (readonly string[])[]): TagStates {
  const counts = new Map<string, number>();
  for (const tag of tags.flat()) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Map([...counts].map(([tag, count]) => [tag, count === tags.length ? true : 'mixed']));
}

/** What to add to all of the runs and take from all; what was left mixed stays as it is. */
export function changedTags(before: TagStates, after: TagStates): { addTags: string[]; removeTags: string[] } {
  const changed = [...after].filter(([tag, state]) => state !== (before.get(tag) ?? false));
  return {
    addTags: changed.filter(([, state]) => state === true).map(([tag]) => tag),
    removeTags: changed.filter(([, state]) => state === false).map(([tag]) => tag),
  };
}

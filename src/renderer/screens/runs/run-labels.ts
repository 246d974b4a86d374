interface Named {
  readonly id: string;
  readonly name: string;
}

/** Names that tell runs apart: with the begin of the id where two have the same name. */
export function runLabels(runs: readonly Named[]): string[] {
  return runs.map(({ id, name }) => {
    const isShared = runs.filter((each) => each.name === name).length > 1;
    return isShared ? `${name} (${id.slice(0, 4)})` : name;
  });
}

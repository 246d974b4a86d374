interface Listed {
  readonly id: string;
}

/** How far from its place a row is looked for: what is loaded around the rows in sight. */
const reach = 400;

/** By how many rows a row has moved from the index it had; null when it is not found near it. */
export function shiftOf(id: string, index: number, getRow: (index: number) => Listed | undefined): number | null {
  for (let distance = 0; distance <= reach; distance++) {
    if (getRow(index + distance)?.id === id) return distance;
    if (getRow(index - distance)?.id === id) return -distance;
  }
  return null;
}

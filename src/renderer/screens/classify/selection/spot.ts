/** One image of a batch. */
export interface Spot {
  readonly item: number;
  readonly frame: number;
}

export function sameSpot(a: Spot | null, b: Spot | null): boolean {
  return a?.item === b?.item && a?.frame === b?.frame;
}

export function spotKey({ item, frame }: Spot): string {
  return `${item}.${frame}`;
}

/** The image that an address names. */
export function spotOf(query: Readonly<Record<string, string>>): Spot | null {
  const item = Number(query.item);
  const frame = Number(query.frame ?? 0);
  return Number.isInteger(item) && item >= 1 && Number.isInteger(frame) && frame >= 0 ? { item, frame } : null;
}

export function spotQuery(spot: Spot | null): Record<string, string | undefined> {
  return { item: spot?.item.toString(), frame: spot === null || spot.frame === 0 ? undefined : String(spot.frame) };
}

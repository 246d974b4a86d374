/** A window of the form; numbers may still be text. */
export interface WindowValue {
  readonly center: unknown;
  readonly width: unknown;
}

export interface WindowChoice {
  readonly name: string;
  readonly center: number;
  readonly width: number;
}

/** Usual CT windows in HU for abdominal work, and the two that make three channels with soft tissue. */
export const windowChoices: readonly WindowChoice[] = [
  { name: 'Soft tissue', center: 40, width: 400 },
  { name: 'Kidney', center: 50, width: 350 },
  { name: 'Liver', center: 90, width: 150 },
  { name: 'Bone', center: 480, width: 2500 },
  { name: 'Stone', center: 300, width: 1500 },
  { name: 'Lung', center: -600, width: 1500 },
];

export function choiceOf({ center, width }: WindowValue): WindowChoice | undefined {
  return windowChoices.find((each) => each.center === center && each.width === width);
}

/** So many windows: those that are there, then others of the list. */
export function windowsOf(now: readonly WindowValue[], count: number): WindowValue[] {
  const others = windowChoices.filter((choice) => !now.some(({ center }) => center === choice.center));
  return [...now, ...others.map(({ center, width }) => ({ center, width }))].slice(0, count);
}

/** The windows in a value of the form. */
export function windowsIn(value: unknown): WindowValue[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: unknown) => {
    const parts = new Map(Object.entries(typeof each === 'object' && each !== null ? each : {}));
    return { center: parts.get('center'), width: parts.get('width') };
  });
}

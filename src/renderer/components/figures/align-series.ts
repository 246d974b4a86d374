export interface CurveSeries {
  readonly id: string;
  readonly label: string;
  readonly x: readonly number[];
  /** null: no value there. */
  readonly y: readonly (number | null)[];
  /** Place in the order of colours; default the series' own place. Two series of one run share it. */
  readonly color?: number;
  /** Overrules the dash that comes with the colour. */
  readonly dashed?: boolean;
}

/** All series over one rising list of x; null where a series has no point. */
export interface AlignedSeries {
  readonly x: readonly number[];
  readonly ys: readonly (readonly (number | null)[])[];
}

export function alignSeries(series: readonly CurveSeries[]): AlignedSeries {
  const x = [...new Set(series.flatMap((each) => each.x))].filter(Number.isFinite).sort((a, b) => a - b);
  const ys = series.map((each) => {
    const at = new Map(each.x.map((place, index) => [place, each.y[index] ?? null]));
    return x.map((place) => at.get(place) ?? null);
  });
  return { x, ys };
}

/** The newest value of a series, and where it stands. */
export function lastPoint({ x, y }: CurveSeries): { readonly x: number; readonly y: number } | undefined {
  for (let index = Math.min(x.length, y.length) - 1; index >= 0; index--) {
    const [place, value] = [x[index], y[index]];
    if (place !== undefined && value !== undefined && value !== null) return { x: place, y: value };
  }
  return undefined;
}

import { seriesStyle } from '../../../format/palette.ts';

/** The line by which a run is known in the curves. */
export function SeriesMark({ place }: { readonly place: number }) {
  const { color, dash } = seriesStyle(place);
  return (
    <svg className="h-compare-mark" width={22} height={8} aria-hidden="true">
      <path d="M0 4H22" strokeWidth={2.5} strokeDasharray={dash.join(' ')} style={{ stroke: `var(${color})` }} />
    </svg>
  );
}

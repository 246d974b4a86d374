import { useState } from 'react';
import { formatFigure } from '../../format/numbers.ts';
import type { AlignedSeries, CurveSeries } from './align-series.ts';

interface CurveTableProps {
  readonly title: string;
  readonly series: readonly CurveSeries[];
  readonly aligned: AlignedSeries;
  readonly xLabel: string;
}

/** The drawn figures as a table, made when it is opened. */
export function CurveTable({ title, series, aligned, xLabel }: CurveTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="h-curves-data" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Figures as a table</summary>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="h-curves-scroll" aria-label={`${title}: figures`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{xLabel}</th>
                {series.map(({ id, label }) => (
                  <th key={id} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {aligned.x.map((x, row) => (
                <tr key={x}>
                  <th scope="row">{x}</th>
                  {series.map(({ id }, column) => (
                    <td key={id}>{formatFigure(aligned.ys[column]?.[row], 4)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  );
}

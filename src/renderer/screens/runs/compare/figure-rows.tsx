import type { Estimate } from '../../../../pipeline/domain/metrics.ts';
import { classes } from '../../../components/class-names.ts';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { formatFigure } from '../../../format/numbers.ts';
import { arrowOf } from '../list/run-columns.tsx';
import { bestHonest, type Difference, differenceText, differenceTo, scaleOf } from './difference.ts';
import { type Figure, type FigureGroup, figureName } from './figure-groups.ts';
import { GroupHead } from './group-head.tsx';
import type { Side } from './sides.ts';

interface FigureRowsProps {
  readonly group: FigureGroup;
  readonly sides: readonly Side[];
}

/** Figures of the runs, each row on one scale, with the difference to the baseline. */
export function FigureRows({ group: { title, figures }, sides }: FigureRowsProps) {
  return (
    <tbody>
      <GroupHead columns={sides.length + 1} title={title} />
      {figures.map((figure) => (
        <FigureRow key={figure.name} figure={figure} sides={sides} />
      ))}
    </tbody>
  );
}

function FigureRow({ figure, sides }: { readonly figure: Figure; readonly sides: readonly Side[] }) {
  const { values, better } = figure;
  const base = sides.find(({ isBaseline }) => isBaseline);
  const baseline = values[base?.place ?? 0] ?? null;
  const leaky = new Set(sides.filter(({ run }) => run.leaky).map(({ place }) => place));
  const best = bestHonest(values, better, (place) => leaky.has(place));
  const scale = scaleOf(values);
  return (
    <tr>
      <th scope="row">
        {figureName(figure)} <Arrow better={better} />
      </th>
      {sides.map(({ run, place, isBaseline }) => (
        <td key={run.id}>
          <FigureCell
            estimate={values[place] ?? null}
            scale={scale}
            difference={
              isBaseline
                ? null
                : differenceTo(baseline, values[place] ?? null, run.leaky || base?.run.leaky ? null : better)
            }
            isBest={best.has(place)}
            isBare={figure.level === 'curve'}
          />
        </td>
      ))}
    </tr>
  );
}

function Arrow({ better }: { readonly better: Figure['better'] }) {
  if (better === null) return null;
  return (
    <span className="h-faint" title={`${better === 'higher' ? 'Higher' : 'Lower'} is better`}>
      {arrowOf(better)}
    </span>
  );
}

interface FigureCellProps {
  readonly estimate: Estimate | null;
  readonly scale: readonly [min: number, max: number];
  readonly difference: Difference | null;
  readonly isBest: boolean;
  /** A value without an interval. */
  readonly isBare: boolean;
}

function FigureCell({ estimate, scale: [min, max], difference, isBest, isBare }: FigureCellProps) {
  return (
    <div className="h-compare-figure">
      {isBare ? (
        <span className="h-num">{formatFigure(estimate?.value, 4)}</span>
      ) : (
        <EstimateCell estimate={estimate} min={min} max={max} />
      )}
      <span className="h-compare-said">
        {isBest ? <strong>best</strong> : null}
        {difference === null ? null : <DifferenceText difference={difference} />}
      </span>
    </div>
  );
}

function DifferenceText({ difference: { by, verdict } }: { readonly difference: Difference }) {
  return (
    <span
      className={classes('h-num', verdict === null ? 'h-faint' : `h-compare-${verdict}`)}
      title={verdict === null ? 'To the baseline' : `To the baseline; the intervals do not overlap: ${verdict}`}
    >
      {differenceText(by)}
      {verdict === null ? '' : ` ${verdict}`}
    </span>
  );
}

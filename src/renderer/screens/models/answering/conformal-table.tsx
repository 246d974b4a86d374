import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { formatFigure, formatPercent } from '../../../format/numbers.ts';
import { type Evidence, shareText } from './evidence.ts';

type Conformal = NonNullable<Evidence['conformal']>;

/** How often the sets held the true class, with thresholds that came from other patient groups. */
export function ConformalTable({
  conformal: { error, promised, thresholds, coverage },
  classes,
}: {
  readonly conformal: Conformal;
  readonly classes: readonly string[];
}) {
  return (
    <div>
      <table className="h-models-table">
        <caption>
          Conformal sets: meant to hold the true class in {formatPercent(1 - error)} of images; a set of more or fewer
          than one class goes to review
        </caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">In the set from</th>
            <th scope="col">Held the truth</th>
          </tr>
        </thead>
        <tbody>
          {classes.map((name, index) => (
            <tr key={name}>
              <th scope="row">
                <ClassChip name={name} index={index} />
              </th>
              <td>{formatFigure(thresholds[index] ?? 0)}</td>
              <td>
                <EstimateCell estimate={coverage.by_class[index] ?? null} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">All</th>
            <td />
            <td>
              <EstimateCell estimate={coverage.overall} />
            </td>
          </tr>
        </tbody>
      </table>
      <p className="h-soft">
        {shareText(coverage.groups_within, coverage.groups)} patient groups reach it;{' '}
        {coverage.single === null ? 'no' : formatPercent(coverage.single)} sets are one class.
        {promised
          ? ''
          : ' A class has too few patient groups for a promise: the sets are shown here and decide nothing.'}
      </p>
    </div>
  );
}

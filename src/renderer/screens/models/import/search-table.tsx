import { type ContractSearch, rangeText, referenceTolerance } from '../../../../pipeline/domain/import-network.ts';
import { formatPercent } from '../../../format/numbers.ts';

/** Ways of reading pictures that were tried, best first. */
export function SearchTable({
  search: { tried, ways, isFound, accuracy, missing },
}: {
  readonly search: ContractSearch;
}) {
  return (
    <section className="h-import-search" aria-label="Ways that were tried">
      <p>
        {ways} ways were tried.{' '}
        {isFound
          ? `The first repeats the reference within ${referenceTolerance}.`
          : `None repeats the reference within ${referenceTolerance}.`}{' '}
        {accuracy === null
          ? ''
          : `With the first, ${formatPercent(accuracy)} of the pictures get the class of the table.`}{' '}
        {missing === 0 ? '' : `${missing} rows of the table have no picture.`}
      </p>
      <table className="h-import-table">
        <thead>
          <tr>
            <th>Largest deviation</th>
            <th>Same class</th>
            <th>Images</th>
            <th>Resize</th>
            <th>Rounding</th>
            <th>Range</th>
            <th>Channels</th>
          </tr>
        </thead>
        <tbody>
          {tried.map(({ deviation, agreement, images, resize, rounding, range, channels }) => (
            <tr key={[resize, rounding, rangeText(range), channels].join(' ')}>
              <td className="h-num">{deviation.toExponential(1)}</td>
              <td className="h-num">{formatPercent(agreement)}</td>
              <td className="h-num">{images}</td>
              <td>{resize}</td>
              <td>{rounding}</td>
              <td>{rangeText(range)}</td>
              <td>{channels}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

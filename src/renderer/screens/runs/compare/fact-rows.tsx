import { plural } from '../../../format/numbers.ts';
import { type FactGroup, factName } from './fact-groups.ts';
import { GroupHead } from './group-head.tsx';
import type { Side } from './sides.ts';

interface FactRowsProps {
  readonly group: FactGroup;
  readonly sides: readonly Side[];
}

/** One part of what the runs were made of. What differs from the baseline is bold. */
export function FactRows({ group: { title, facts, differing, equal }, sides }: FactRowsProps) {
  const baseline = sides.find(({ isBaseline }) => isBaseline)?.place ?? 0;
  return (
    <tbody>
      <GroupHead columns={sides.length + 1} title={title}>
        {plural(differing, 'difference')}
        {equal === 0 ? '' : `, ${equal} equal`}
      </GroupHead>
      {facts.map(({ key, values }) => (
        <tr key={key}>
          <th scope="row" title={key}>
            {factName(key)}
          </th>
          {sides.map(({ run, place }) => {
            const value = values[place] ?? null;
            const isOther = value !== (values[baseline] ?? null);
            return (
              <td key={run.id} className="h-compare-fact h-wrap">
                {isOther ? <strong>{value ?? '–'}</strong> : (value ?? '–')}
              </td>
            );
          })}
        </tr>
      ))}
    </tbody>
  );
}

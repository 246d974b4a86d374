import { useState } from 'react';
import { classMetricInfo, classMetricNames } from '../../../../pipeline/domain/metrics.ts';
import type { Run } from '../../../api.ts';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { plural } from '../../../format/numbers.ts';

export const levels = [
  { value: 'scan', label: 'Scans' },
  { value: 'slice', label: 'Slices' },
] as const;
export type Level = (typeof levels)[number]['value'];

/** Sensitivity and specificity of each class, with how many scans that rests on. */
export function ClassTable({ metrics }: { readonly metrics: NonNullable<Run['metrics']> }) {
  const [level, setLevel] = useState<Level>('scan');
  const { labels } = metrics.confusion;
  return (
    <>
      <div className="h-run-level">
        <h3>For each class</h3>
        <Segmented label="Figures by" options={levels} value={level} onChange={(next) => setLevel(next)} />
      </div>
      <table className="h-run-figures h-run-classes">
        <thead>
          <tr>
            <th scope="col">Class</th>
            {classMetricNames.map((name) => (
              <th key={name} scope="col">
                {classMetricInfo[name].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => {
            const ofClass = metrics.per_class[label];
            return (
              <tr key={label}>
                <th scope="row">
                  <ClassChip name={label} index={index} />
                </th>
                {classMetricNames.map((name) => (
                  <td key={name}>
                    <EstimateCell estimate={ofClass?.[level][name] ?? null} />
                    {name === 'sensitivity' ? (
                      <span className="h-run-of h-faint">{restsOn(ofClass, level)}</span>
                    ) : null}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** How many cases a recall stands on: scans always, for a slice says little by itself. */
function restsOn(ofClass: NonNullable<Run['metrics']>['per_class'][string] | undefined, level: Level): string {
  const scans = plural(ofClass?.scans ?? 0, 'scan');
  return level === 'scan' ? `of ${scans}` : `of ${plural(ofClass?.images ?? 0, 'slice')}, ${scans}`;
}

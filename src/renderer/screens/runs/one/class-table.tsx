import { useState } from 'react';
import { classMetricInfo, classMetricNames } from '../../../../pipeline/domain/metrics.ts';
import type { Run } from '../../../api.ts';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { formatCount } from '../../../format/numbers.ts';

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
            <th scope="col" className="h-run-count">
              {level === 'scan' ? 'Scans' : 'Slices'}
            </th>
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
                <td className="h-run-count h-num">
                  {formatCount(level === 'scan' ? ofClass?.scans : ofClass?.images)}
                </td>
                {classMetricNames.map((name) => (
                  <td key={name}>
                    <EstimateCell estimate={ofClass?.[level][name] ?? null} />
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

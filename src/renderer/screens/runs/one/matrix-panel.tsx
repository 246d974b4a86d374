import { z } from 'zod';
import type { Run } from '../../../api.ts';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { ConfusionMatrix } from '../../../components/figures/confusion-matrix.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { useRemembered } from '../../../stores/remembered.ts';
import { navigate, pathOf } from '../../../stores/route.ts';
import { type Level, levels } from './class-table.tsx';

const levelSchema = z.enum(['scan', 'slice']);

/** Which level of matrices is shown; remembered, so that going back from a cell finds the same one. */
export function useMatrixLevel(): readonly [Level, (level: Level) => void] {
  return useRemembered('runs.matrix', levelSchema, 'scan');
}

export function openCell(run: string, truth: string, answered: string): void {
  navigate(pathOf('runs', [run, 'cell'], { truth, answered }));
}

/** Truth against answer; a cell of slices leads to its images. */
export function MatrixPanel({ run: { id, name, metrics } }: { readonly run: Run }) {
  const [level, setLevel] = useMatrixLevel();
  if (metrics === null) return null;
  const isSlice = level === 'slice';
  return (
    <Panel
      title="Confusion matrix"
      subtitle="count, and share of the row"
      actions={<Segmented label="Count" options={levels} value={level} onChange={setLevel} />}
    >
      <div className="h-run-scroll">
        <ConfusionMatrix
          confusion={isSlice ? metrics.confusion : metrics.scan_confusion}
          label={`Confusion matrix of ${name}, ${isSlice ? 'slices' : 'scans'}`}
          unit={isSlice ? 'images' : 'scans'}
          {...(isSlice ? { onCell: (truth: string, answered: string) => openCell(id, truth, answered) } : {})}
        />
      </div>
      <p className="h-run-note h-faint">
        Rows are the truth, columns what was answered.{' '}
        {isSlice ? 'A cell shows its images.' : 'Choose Slices to see the images of a cell.'}
      </p>
    </Panel>
  );
}

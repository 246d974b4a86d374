import { useState } from 'react';
import type { RunFigures } from '../../../../../pipeline/domain/run-figures.ts';
import { Segmented } from '../../../../components/controls/segmented.tsx';
import { Panel } from '../../../../components/layout/panel.tsx';
import { formatFigure } from '../../../../format/numbers.ts';
import { classColor } from '../../../../format/palette.ts';
import { type Level, levels } from '../class-table.tsx';
import { UnitPlot } from './unit-plot.tsx';

/** How well the probability of each class tells it from the rest, and the point that was chosen on validation groups. */
export function DiscriminationPanel({ figures }: { readonly figures: RunFigures }) {
  const [level, setLevel] = useState<Level>('scan');
  const { classes } = figures[level];
  const lines = (which: 'roc' | 'precision_recall') =>
    classes.flatMap(({ name, auc, average_precision, [which]: points }, index) => {
      const figure = `${which === 'roc' ? 'AUC' : 'AP'} ${formatFigure(which === 'roc' ? auc : average_precision)}`;
      return points.length === 0 ? [] : [{ id: name, label: name, points, color: classColor(index), figure }];
    });
  const marks = classes.flatMap(({ name, operating_point: point }, index) => {
    const { value: sensitivity = null } = point?.sensitivity ?? {};
    const { value: specificity = null } = point?.specificity ?? {};
    if (point === null || sensitivity === null || specificity === null) return [];
    const label = `${name} from ${formatFigure(point.chosen.threshold)} on`;
    return [{ id: name, at: [1 - specificity, sensitivity] as const, color: classColor(index), label }];
  });
  return (
    <Panel
      title="Each class against the rest"
      actions={<Segmented label="Curves by" options={levels} value={level} onChange={(next) => setLevel(next)} />}
    >
      <div className="h-unit-pair">
        <UnitPlot
          title="ROC curves"
          xLabel="1 - specificity"
          yLabel="Sensitivity"
          lines={lines('roc')}
          marks={marks}
          diagonal={true}
        />
        <UnitPlot
          title="Precision-recall curves"
          xLabel="Recall"
          yLabel="Precision"
          lines={lines('precision_recall')}
        />
      </div>
      <p className="h-run-note h-faint">
        {marks.length === 0
          ? 'No operating point was chosen on validation groups for this run.'
          : 'Circles: operating points that were chosen on validation groups (Youden) and sealed, as they do here.'}
      </p>
    </Panel>
  );
}

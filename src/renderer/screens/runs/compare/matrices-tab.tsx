import { useState } from 'react';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { Switch } from '../../../components/controls/switch.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { type Confusion, ConfusionMatrix } from '../../../components/figures/confusion-matrix.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { type Level, levels } from '../one/class-table.tsx';
import { openCell, useMatrixLevel } from '../one/matrix-panel.tsx';
import { SeriesMark } from './series-mark.tsx';
import type { Side } from './sides.ts';

/** Confusion matrices side by side; shares of the rows, or how they differ from the baseline's. */
export function MatricesTab({ sides }: { readonly sides: readonly Side[] }) {
  const [level, setLevel] = useMatrixLevel();
  const [asDifference, setAsDifference] = useState(false);
  const baseline = sides.find(({ isBaseline }) => isBaseline);
  const base = baseline === undefined ? undefined : confusionOf(baseline, level);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-compare-body" aria-label="Confusion matrices" tabIndex={0}>
      <Toolbar
        label="What the matrices show"
        end={
          <span className="h-faint">
            {level === 'scan' ? 'Choose Slices to see the images of a cell.' : 'A cell shows its images.'}
          </span>
        }
      >
        <Segmented label="Count" options={levels} value={level} onChange={setLevel} />
        <Switch label="Difference to the baseline" checked={asDifference} onChange={setAsDifference} />
      </Toolbar>
      <div className="h-compare-matrices">
        {sides.map((side) => (
          <SideMatrix key={side.run.id} side={side} level={level} base={asDifference ? base : undefined} />
        ))}
      </div>
    </section>
  );
}

function confusionOf({ run: { metrics } }: Side, level: Level): Confusion | undefined {
  return level === 'scan' ? metrics?.scan_confusion : metrics?.confusion;
}

interface SideMatrixProps {
  readonly side: Side;
  readonly level: Level;
  readonly base: Confusion | undefined;
}

function SideMatrix({ side, level, base }: SideMatrixProps) {
  const { run, label, place, isBaseline } = side;
  const confusion = confusionOf(side, level);
  const isSlice = level === 'slice';
  return (
    <section className="h-compare-matrix" aria-label={label}>
      <header>
        <SeriesMark place={place} />
        <h2 className="h-cut" title={label}>
          {label}
        </h2>
        {isBaseline ? <Badge tone="accent">Baseline</Badge> : null}
      </header>
      {confusion === undefined ? (
        <p className="h-soft">Not evaluated, or its predictions were not kept.</p>
      ) : (
        <ConfusionMatrix
          confusion={confusion}
          label={`Confusion matrix of ${label}`}
          unit={isSlice ? 'images' : 'scans'}
          {...(base === undefined || isBaseline ? {} : { base })}
          {...(isSlice ? { onCell: (truth: string, answered: string) => openCell(run.id, truth, answered) } : {})}
        />
      )}
    </section>
  );
}

import { ImageOff } from 'lucide-react';
import { useMemo } from 'react';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ProbabilityBar } from '../../../components/figures/probability-bar.tsx';
import { ImageView } from '../../../components/image-view/image-view.tsx';
import { aheadOf, type Step, stepped } from '../../../components/image-view/step.ts';
import { formatPercent } from '../../../format/numbers.ts';
import { LabelPanel } from './label-panel.tsx';
import type { CellRow } from './use-cell-images.ts';

interface CellImageProps {
  readonly rows: readonly CellRow[];
  readonly index: number;
  readonly labels: readonly string[];
  readonly truth: string;
  readonly answered: string;
  /** Model of the run; null where it is gone. */
  readonly model: string | null;
  onIndex(index: number): void;
}

/** One image of the cell, what was answered to it, and its label. */
export function CellImage({ rows, index, labels, truth, answered, model, onIndex }: CellImageProps) {
  const row = rows[index];
  const refs = useMemo(() => rows.map(({ ref }) => ref), [rows]);
  const ahead = useMemo(() => aheadOf(refs, index, false).flatMap((ref) => ref ?? []), [refs, index]);
  if (row === undefined) return null;
  const position = `Image ${index + 1} of ${rows.length}`;
  const answer = `AI: ${answered} ${formatPercent(Math.max(...row.probabilities))}`;
  const step = (to: Step): void => onIndex(stepped(index, rows.length, to));
  return (
    <div className="h-cell-image">
      {row.ref === null ? (
        <EmptyState
          icon={ImageOff}
          title="This image is no longer in the dataset"
          text="What was answered to it stays in the run."
        />
      ) : (
        <ImageView
          image={row.ref}
          label={`${position}, truth ${truth}, ${answer}`}
          series={row.scan}
          overlay={{ position, file: row.image, answer }}
          ahead={ahead}
          onStep={step}
          model={model}
          heatMaps={model !== null}
        />
      )}
      <div className="h-cell-said">
        <dl className="h-cell-answers" aria-label="Probability of each class">
          {labels.map((label, at) => (
            <div key={label}>
              <dt className={label === answered ? 'h-cell-answered' : undefined}>{label}</dt>
              <dd>
                <ProbabilityBar value={row.probabilities[at] ?? null} width={56} />
              </dd>
            </div>
          ))}
        </dl>
        <LabelPanel row={row} labels={labels} truth={truth} onNext={() => step('next')} />
      </div>
    </div>
  );
}

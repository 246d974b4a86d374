import { Check, ImageOff, Undo2 } from 'lucide-react';
import { suspectReasonTitles } from '../../../../pipeline/domain/suspects.ts';
import { Button } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ImageView } from '../../../components/image-view/image-view.tsx';
import type { Step } from '../../../components/image-view/step.ts';
import { formatPercent } from '../../../format/numbers.ts';
import { usePref, useReader } from '../../../stores/prefs.ts';
import type { SuspectRow } from './suspect-columns.tsx';

interface SuspectImageProps {
  readonly row: SuspectRow | undefined;
  readonly classes: readonly string[];
  readonly busy: boolean;
  onStep(step: Step): void;
  onRelabel(name: string): void;
  onKeep(): void;
  onUndo(): void;
}

const keyedClasses = 9;

/** One doubted label: the picture, what speaks against the label, and one key for each answer. */
export function SuspectImage({ row, classes, busy, onStep, onRelabel, onKeep, onUndo }: SuspectImageProps) {
  if (row === undefined) return <EmptyState icon={ImageOff} title="No image is chosen" />;
  const answer = `Label ${row.classNow ?? row.class}, suggested ${row.suggested}`;
  return (
    <div className="h-suspect">
      {row.ref === null ? (
        <EmptyState icon={ImageOff} title="This image is no longer in the dataset" />
      ) : (
        <ImageView
          image={row.ref}
          label={`Number ${row.rank}, ${answer}`}
          series={row.scan ?? row.image}
          overlay={{ position: `Number ${row.rank}`, file: row.image, answer }}
          onStep={onStep}
        />
      )}
      <div className="h-suspect-said">
        <Why row={row} />
        <fieldset className="h-suspect-keys" aria-label="What is right" disabled={busy || row.classNow === null}>
          {classes.map((name, index) => (
            <Button
              key={name}
              {...(name === row.classNow ? { icon: Check } : {})}
              {...(index < keyedClasses ? { keyHint: String(index + 1) } : {})}
              aria-pressed={name === row.classNow}
              onClick={() => (name === row.classNow ? onKeep() : onRelabel(name))}
            >
              {name}
            </Button>
          ))}
          <Button kind="primary" keyHint="K" onClick={onKeep}>
            Keep {row.classNow ?? row.class}
          </Button>
          <Button kind="quiet" icon={Undo2} keyHint="U" onClick={onUndo}>
            Undo
          </Button>
        </fieldset>
        <Trace />
      </div>
    </div>
  );
}

function Why({ row }: { readonly row: SuspectRow }) {
  const showNames = usePref('showFileNames');
  const { reason, other, probability, class: label, classNow, suggested } = row;
  return (
    <p>
      {suspectReasonTitles[reason]}: <strong>{suggested}</strong> rather than {label}
      {other !== '' && showNames ? <span className="h-soft"> ({other})</span> : null}. Held-out answers gave {label}{' '}
      {formatPercent(probability)}.
      {classNow === null || classNow === label ? null : <span className="h-soft"> Now {classNow}.</span>}
    </p>
  );
}

function Trace() {
  const reader = useReader();
  return (
    <p className="h-faint">
      A change makes a new label version with your name ({reader}); runs keep the version they used. Research use only.
      Not for diagnosis.
    </p>
  );
}

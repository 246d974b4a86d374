import { Check } from 'lucide-react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { useReader } from '../../../stores/prefs.ts';
import type { CellRow } from './use-cell-images.ts';

interface LabelPanelProps {
  readonly row: CellRow;
  readonly labels: readonly string[];
  readonly truth: string;
  onNext(): void;
}

const keyedClasses = 9;

/** The label of an image in the dataset, and one key for another: a new label version, never another figure of this run. */
export function LabelPanel({ row: { image, classNow }, labels, truth, onNext }: LabelPanelProps) {
  const reader = useReader();
  const relabel = useAction(async (given: string) => {
    if (classNow === null || given === classNow) return;
    await call('dataset/relabel', { images: [image], class: given, reader });
    notify({
      text: `Label changed from ${classNow} to ${given}.`,
      action: {
        label: 'Undo',
        run: () => {
          call('dataset/relabel', { images: [image], class: classNow, reader }).catch(notifyError);
        },
      },
    });
    onNext();
  });
  useKeys(
    labels.slice(0, keyedClasses).map((label, index) => ({
      keys: String(index + 1),
      title: `Label: ${label}`,
      group: 'Cell',
      enabled: classNow !== null,
      run: () => void relabel.run(label),
    })),
  );
  return (
    <section className="h-cell-label" aria-label="Label in the dataset">
      <p>
        {classNow === null ? (
          'Not in the dataset any more.'
        ) : (
          <>
            Label in the dataset: <strong>{classNow}</strong>
            {classNow === truth ? null : <span className="h-soft">, {truth} when this run was evaluated</span>}
          </>
        )}
      </p>
      {classNow === null ? null : (
        <ClassButtons {...{ labels, classNow }} onGive={(given) => void relabel.run(given)} />
      )}
      {relabel.error === undefined ? null : <ErrorNotice error={relabel.error} compact />}
      <p className="h-faint">
        A correction is kept with your name ({reader}). The figures of this run stay what they were until it is trained
        again.
      </p>
    </section>
  );
}

interface ClassButtonsProps {
  readonly labels: readonly string[];
  readonly classNow: string;
  onGive(label: string): void;
}

function ClassButtons({ labels, classNow, onGive }: ClassButtonsProps) {
  return (
    <fieldset className="h-cell-classes" aria-label="Correct the label">
      {labels.map((label, index) => (
        <Button
          key={label}
          {...(label === classNow ? { icon: Check } : {})}
          {...(index < keyedClasses ? { keyHint: String(index + 1) } : {})}
          aria-pressed={label === classNow}
          onClick={() => onGive(label)}
        >
          {label}
        </Button>
      ))}
    </fieldset>
  );
}

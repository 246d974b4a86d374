import { Gauge, ShieldAlert, ShieldCheck } from 'lucide-react';
import type { LeakMeter, LeakScore } from '../../../../pipeline/domain/leak-meter.ts';
import type { Honesty } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatPercent, plural } from '../../../format/numbers.ts';
import { useExamination } from './examination.ts';
import { Measured } from './measured.tsx';
import { ScoreBar } from './score-bar.tsx';

/** How much of a high score is memory of neighbouring slices. */
export function LeakPanel({ leak }: { readonly leak: Honesty['leak'] }) {
  const { start, busy, error } = useExamination('leak-meter', 'leak-meter');
  return (
    <Panel
      title="Leak meter"
      subtitle={leak === null ? 'not measured yet' : <Measured at={leak.at} stale={leak.stale} />}
      actions={
        <Button icon={Gauge} busy={busy} kind={leak === null || leak.stale ? 'primary' : 'plain'} onClick={start}>
          {leak === null ? 'Measure' : 'Measure again'}
        </Button>
      }
    >
      <div className="h-honest-stack">
        {error === undefined ? null : <ErrorNotice error={error} compact />}
        {leak === null ? (
          <p className="h-soft h-prose">
            Scores one classifier twice over the same images: with neighbouring slices of a patient on both sides, as
            most published results have it, and with every patient on one side. A memoriser that only looks up the most
            similar picture is scored beside it.
          </p>
        ) : (
          <Meter meter={leak.value} />
        )}
      </div>
    </Panel>
  );
}

const rows: readonly { readonly scorer: LeakScore['scorer']; readonly title: string; readonly help: string }[] = [
  { scorer: 'model', title: 'Classifier', help: 'head on the features of the backbone' },
  { scorer: 'memoriser', title: 'Memoriser', help: 'class of the most similar picture' },
];
const columns: readonly { readonly split: LeakScore['split']; readonly title: string }[] = [
  { split: 'random-slices', title: 'Random slices' },
  { split: 'patient-groups', title: 'Patient groups' },
];

function Meter({ meter }: { readonly meter: LeakMeter }) {
  const { scores, chance, folds, counts } = meter;
  const of = (scorer: LeakScore['scorer'], split: LeakScore['split']) =>
    scores.find((each) => each.scorer === scorer && each.split === split);
  return (
    <>
      <p className="h-honest-sentence">{meter.sentence}</p>
      <table className="h-honest-table">
        <thead>
          <tr>
            <th scope="col">Balanced accuracy of slices</th>
            {columns.map(({ split, title }) => (
              <th key={split} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ scorer, title, help }) => (
            <tr key={scorer}>
              <th scope="row">
                {title} <span className="h-honest-help">{help}</span>
              </th>
              {columns.map(({ split }) => {
                const score = of(scorer, split);
                return (
                  <td key={split}>
                    {score === undefined ? null : (
                      <ScoreBar estimate={score.balanced_accuracy} chance={chance} leaky={split === 'random-slices'} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="h-faint">
        {plural(folds, 'fold')} over {plural(counts.images, 'image')} of {plural(counts.groups, 'patient group')}; 95 %
        intervals over patient groups; the line marks guessing ({formatPercent(chance, 0)}).
      </p>
      <SplitInUse meter={meter} />
    </>
  );
}

function SplitInUse({ meter: { split, split_sentence } }: { readonly meter: LeakMeter }) {
  const leaks = split !== null && (split.groups > 0 || split.pairs > 0);
  const Icon = leaks ? ShieldAlert : ShieldCheck;
  return (
    <p className={leaks ? 'h-data-leak' : split === null ? 'h-soft' : 'h-data-sound'}>
      {split === null ? null : <Icon size={16} aria-hidden="true" />}
      <span className="h-wrap">{split_sentence}</span>
    </p>
  );
}

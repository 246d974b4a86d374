import { CircleCheck, CircleHelp, type LucideIcon, ScanSearch, TriangleAlert } from 'lucide-react';
import type { ShortcutResult, Shortcuts, ShortcutVerdict } from '../../../../pipeline/domain/shortcuts.ts';
import type { Honesty } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import type { Tone } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Status } from '../../../components/figures/status.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { useExamination } from './examination.ts';
import { Measured } from './measured.tsx';
import { ScoreBar } from './score-bar.tsx';

/** Whether the class can be told from what is not the disease. */
export function ShortcutsPanel({ shortcuts }: { readonly shortcuts: Honesty['shortcuts'] }) {
  const { start, busy, error } = useExamination('shortcuts', 'shortcuts');
  const isDue = shortcuts === null || shortcuts.stale;
  return (
    <Panel
      title="Shortcuts"
      subtitle={shortcuts === null ? 'not looked for yet' : <Measured at={shortcuts.at} stale={shortcuts.stale} />}
      actions={
        <Button icon={ScanSearch} busy={busy} kind={isDue ? 'primary' : 'plain'} onClick={start}>
          {shortcuts === null ? 'Look for them' : 'Look again'}
        </Button>
      }
    >
      <div className="h-honest-stack">
        {error === undefined ? null : <ErrorNotice error={error} compact />}
        {shortcuts === null ? (
          <p className="h-soft h-prose">
            Trains control classifiers that must fail: on facts of the file, on brightness, on the border, and on the
            picture with the kidneys blanked. One that tells the class shows what a model may learn instead of the
            disease.
          </p>
        ) : (
          <Audit audit={shortcuts.value} />
        )}
      </div>
    </Panel>
  );
}

function Audit({ audit: { controls, sentence, chance, folds, repeats, counts } }: { readonly audit: Shortcuts }) {
  return (
    <>
      <p className="h-honest-sentence">{sentence}</p>
      <table className="h-honest-table">
        <thead>
          <tr>
            <th scope="col">The control sees</th>
            <th scope="col">Balanced accuracy of slices</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {controls.map((control) => (
            <ControlRow key={control.name} control={control} chance={chance} />
          ))}
        </tbody>
      </table>
      <p className="h-faint">
        {repeats} x {plural(folds, 'fold')} by patient group, {plural(counts.groups, 'group')}; suspicious: the whole 95
        % interval lies above guessing.
      </p>
    </>
  );
}

const verdicts: Readonly<Record<ShortcutVerdict, { tone: Tone; icon: LucideIcon; text: string }>> = {
  'near-chance': { tone: 'good', icon: CircleCheck, text: 'Near chance' },
  suspicious: { tone: 'bad', icon: TriangleAlert, text: 'Suspicious' },
  unknown: { tone: 'neutral', icon: CircleHelp, text: 'Too few groups' },
};

function ControlRow({ control, chance }: { readonly control: ShortcutResult; readonly chance: number }) {
  return (
    <tr>
      <th scope="row">
        {control.title} <span className="h-honest-help">{control.sees}</span>
      </th>
      <td>
        <ScoreBar estimate={control.balanced_accuracy} chance={chance} leaky={control.verdict === 'suspicious'} />
      </td>
      <td>
        <Status {...verdicts[control.verdict]} />
        {control.verdict === 'suspicious' ? <p className="h-honest-why">{control.sentence}</p> : null}
      </td>
    </tr>
  );
}

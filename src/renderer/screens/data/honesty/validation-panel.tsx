import { Dices, Repeat } from 'lucide-react';
import { overallMetricInfo } from '../../../../pipeline/domain/metrics.ts';
import type { Spread, Validation } from '../../../../pipeline/domain/validation.ts';
import type { Honesty } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatFigure, plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { useExamination } from './examination.ts';
import { Measured } from './measured.tsx';

type ValidationPanelProps = Pick<Honesty, 'validation' | 'shuffled' | 'protocol'>;

/** The last repeated cross-validation by patient group, and its control with shuffled labels. */
export function ValidationPanel({ validation, shuffled, protocol: { folds, repeats } }: ValidationPanelProps) {
  const real = useExamination('validate', 'validate');
  const control = useExamination('validate-shuffled', 'validate');
  const isDue = validation === null || validation.stale;
  const error = real.error ?? control.error;
  return (
    <Panel
      title="Validation"
      subtitle={validation === null ? 'none yet' : <Measured at={validation.at} stale={validation.stale} />}
      actions={
        <>
          <Button icon={Dices} busy={control.busy} onClick={control.start}>
            Shuffled labels
          </Button>
          <Button icon={Repeat} busy={real.busy} kind={isDue ? 'primary' : 'plain'} onClick={real.start}>
            Validate
          </Button>
        </>
      }
    >
      <div className="h-honest-stack">
        {error === undefined ? null : <ErrorNotice error={error} compact />}
        {validation === null ? (
          <p className="h-soft h-prose">
            {plural(repeats, 'repeat')} of {folds}-fold cross-validation by patient group, each with other folds and
            seeds. Every image is answered by models that never saw its patient; no split is needed and no test set is
            opened. Folds and repeats are on the <a href={href(pathOf('train'))}>Train screen</a>.
          </p>
        ) : (
          <Found validation={validation.value} />
        )}
        {shuffled === null ? null : <Control shuffled={shuffled.value} />}
      </div>
    </Panel>
  );
}

const shown = ['balanced_accuracy', 'macro_f1', 'auc'] as const;

function Found({ validation: { sentence, spread, pooled, run } }: { readonly validation: Validation }) {
  return (
    <>
      <p className="h-honest-sentence">{sentence}</p>
      <table className="h-honest-table">
        <thead>
          <tr>
            <th scope="col">Mean over the repeats</th>
            <th scope="col">By scan</th>
            <th scope="col">By slice</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((name) => (
            <tr key={name}>
              <th scope="row">{overallMetricInfo[name].title}</th>
              <td>
                <SpreadCell spread={spread.scan[name]} />
              </td>
              <td>
                <SpreadCell spread={spread.slice[name]} />
              </td>
            </tr>
          ))}
          {Object.entries(pooled.per_class).map(([name, each]) => (
            <tr key={name}>
              <th scope="row">
                Sensitivity, {name} <span className="h-honest-help">{plural(each.scans, 'scan')}</span>
              </th>
              <td>
                <EstimateCell estimate={each.scan.sensitivity} digits={2} />
              </td>
              <td>
                <EstimateCell estimate={each.slice.sensitivity} digits={2} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={href(pathOf('runs', [run]))}>Open the run</a>
      </p>
    </>
  );
}

function SpreadCell({ spread }: { readonly spread: Spread | undefined }) {
  if (spread === undefined || spread.mean === null) return <span className="h-faint">–</span>;
  const { mean, low, high, sd } = spread;
  return (
    <>
      <EstimateCell estimate={{ value: mean, low, high }} digits={2} />
      {sd === null ? null : <span className="h-honest-help h-num">± {formatFigure(sd, 2)} over the repeats</span>}
    </>
  );
}

function Control({ shuffled: { shuffled, sentence } }: { readonly shuffled: Validation }) {
  const isHigh = shuffled?.verdict === 'above-chance';
  return (
    <p className="h-honest-control">
      <Badge tone={isHigh ? 'bad' : 'good'}>{isHigh ? 'Control failed' : 'Control passed'}</Badge> {sentence}
    </p>
  );
}

import { ArrowLeft } from 'lucide-react';
import type { RunFigures } from '../../../../pipeline/domain/run-figures.ts';
import { type Run, useCall } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { formatDuration } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { useRunsPulse } from '../use-runs-pulse.ts';
import { Warnings } from '../warnings.tsx';
import { ArtefactsPanel } from './artefacts-panel.tsx';
import { CurvesPanel } from './curves-panel.tsx';
import { MadeOfPanel, ParametersPanel } from './facts-panels.tsx';
import { CalibrationPanel } from './figures/calibration-panel.tsx';
import { CoveragePanel } from './figures/coverage-panel.tsx';
import { DiscriminationPanel } from './figures/discrimination-panel.tsx';
import { WorthPanel } from './figures/worth-panel.tsx';
import { FiguresPanel } from './figures-panel.tsx';
import { MatrixPanel } from './matrix-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
import { OriginBadge } from './origin-note.tsx';
import { RunActions } from './run-actions.tsx';
import { SweepPanel } from './sweep-panel.tsx';
import { TestSetNote } from './test-set-note.tsx';
import { VerificationPanel } from './verification-panel.tsx';
import './one.css';

/** One run: what it found, how it got there, what it was made of, and what people say of it. */
export function RunScreen({ id }: { readonly id: string }) {
  const answer = useCall('runs/get', { run: id });
  useRunsPulse(
    answer.reload,
    (push) => (push.topic === 'epoch' && push.run === id) || (push.topic === 'changed' && push.what === 'runs'),
  );
  const back = (
    <LinkButton kind="quiet" icon={ArrowLeft} href={href(pathOf('runs'))}>
      All runs
    </LinkButton>
  );
  const run = answer.value?.run;
  const evaluated = run !== undefined && run.metrics !== null;
  const figures = useCall('runs/figures', evaluated ? { run: id, prevalence: {} } : null);
  if (run === undefined) {
    return (
      <Screen title="Run" actions={back}>
        {answer.error === undefined ? (
          <Loading rows={10} />
        ) : (
          <ErrorNotice error={answer.error} onRetry={answer.reload} />
        )}
      </Screen>
    );
  }
  return (
    <Screen
      title={run.name}
      subtitle={<Subtitle run={run} />}
      actions={
        <>
          {back}
          <RunActions run={run} />
        </>
      }
    >
      {answer.error === undefined ? null : <ErrorNotice error={answer.error} onRetry={answer.reload} compact />}
      {run.leaky ? <Warnings warnings={[leakyWarning]} /> : null}
      <TestSetNote run={run} />
      <div className="h-run">
        <div className="h-run-column">
          <SweepPanel run={run} />
          <FiguresPanel run={run} />
          {evaluated ? <Answer of={figures}>{({ scan }) => <WorthPanel scan={scan} />}</Answer> : null}
          <MatrixPanel run={run} />
          <ParametersPanel run={run} />
        </div>
        <div className="h-run-column">
          <CurvesPanel run={run} />
          {figures.value === undefined ? null : <FigurePlots figures={figures.value} />}
          <NotesPanel run={run} />
          <MadeOfPanel run={run} />
          <VerificationPanel run={run} />
          <ArtefactsPanel run={run} />
        </div>
      </div>
    </Screen>
  );
}

function FigurePlots({ figures }: { readonly figures: RunFigures }) {
  return (
    <>
      <DiscriminationPanel figures={figures} />
      <CoveragePanel figures={figures} />
      <CalibrationPanel figures={figures} />
    </>
  );
}

const leakyWarning =
  'Leaky: in this run patients stand on both sides of the split. What was measured is memory, not skill; it says nothing about other patients.';

function Subtitle({ run }: { readonly run: Run }) {
  const { outcome, startedAt, endedAt } = run;
  const took = endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <span className="h-run-subtitle">
      <OutcomeBadge outcome={outcome} />
      <span className="h-num">{formatDateTime(startedAt)}</span>
      {took === null ? null : <span className="h-num">took {formatDuration(took)}</span>}
      <OriginBadge run={run} />
    </span>
  );
}

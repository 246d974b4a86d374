import { ArrowLeft, FileText, GitCompareArrows } from 'lucide-react';
import { useMemo } from 'react';
import { type ApiError, type Comparison, useCall } from '../../../api.ts';
import { Button, LinkButton } from '../../../components/controls/button.tsx';
import { Tabs } from '../../../components/controls/tabs.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { plural } from '../../../format/numbers.ts';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { href, navigate, pathOf, useRoute } from '../../../stores/route.ts';
import { useExport } from '../deeds/use-export.ts';
import { useRunsPulse } from '../use-runs-pulse.ts';
import { Warnings } from '../warnings.tsx';
import { AddRun } from './add-run.tsx';
import { type Comparing, canCompare, comparingOf, queryOf, withoutRun, withRun } from './comparing.ts';
import { CurvesTab } from './curves-tab.tsx';
import { DuelTab } from './duel/duel-tab.tsx';
import { MatricesTab } from './matrices-tab.tsx';
import { NotesTab } from './notes-tab.tsx';
import { sidesOf } from './sides.ts';
import { TableTab } from './table-tab.tsx';
import './compare.css';

const views = ['table', 'curves', 'matrices', 'duel', 'notes'] as const;
type View = (typeof views)[number];

/** Runs side by side: what differs, what came of it, their curves and confusion matrices. */
export function CompareScreen() {
  const { query } = useRoute();
  const comparing = comparingOf(query);
  const view = views.find((each) => each === query.show) ?? 'table';
  const { ids } = comparing;
  const answer = useCall('runs/compare', canCompare(ids.length) ? { runs: [...ids] } : null);
  useRunsPulse(answer.reload);
  const go = (next: Comparing, show: View = view): void =>
    navigate(pathOf('runs', ['compare'], { ...queryOf(next), show: show === 'table' ? undefined : show }), {
      replace: true,
    });
  const making = useExport();
  const exportHtml = (): void => {
    if (canCompare(ids.length)) void making.run(ids);
  };
  useCommand('export', exportHtml);
  useKeys([{ title: 'Export the comparison as one HTML page', group: 'Comparison', run: exportHtml }]);
  const add = <AddRun ids={ids} onAdd={(id) => go(withRun(comparing, id))} />;
  return (
    <Screen
      fill
      title="Compare"
      subtitle={plural(ids.length, 'run')}
      actions={
        <>
          <LinkButton kind="quiet" icon={ArrowLeft} href={href(pathOf('runs'))}>
            All runs
          </LinkButton>
          {add}
          <Button icon={FileText} busy={making.busy} disabled={!canCompare(ids.length)} onClick={exportHtml}>
            Export HTML
          </Button>
        </>
      }
    >
      {answer.error === undefined ? null : (
        <Failed error={answer.error} onRetry={answer.reload} onLeaveOut={(id) => go(withoutRun(comparing, id))} />
      )}
      {canCompare(ids.length) ? null : (
        <EmptyState
          icon={GitCompareArrows}
          title={ids.length === 0 ? 'No run is chosen' : 'One run alone'}
          text="Add runs above, or mark 2 to 20 in the list and press C."
        />
      )}
      {canCompare(ids.length) && answer.value === undefined && answer.error === undefined ? (
        <Loading rows={12} />
      ) : null}
      {canCompare(ids.length) && answer.value !== undefined ? (
        <Compared comparison={answer.value} {...{ comparing, view, go }} />
      ) : null}
    </Screen>
  );
}

interface FailedProps {
  readonly error: ApiError;
  onRetry(): void;
  onLeaveOut(id: string): void;
}

/** A run that was deleted meanwhile need not end the comparison of the others. */
function Failed({ error, onRetry, onLeaveOut }: FailedProps) {
  const { run } = error.facts;
  if (error.code !== 'run/unknown' || typeof run !== 'string') return <ErrorNotice error={error} onRetry={onRetry} />;
  return (
    <ErrorNotice
      error={error}
      onRetry={onRetry}
      actions={<Button onClick={() => onLeaveOut(run)}>Compare without it</Button>}
    />
  );
}

interface ComparedProps {
  readonly comparison: Comparison;
  readonly comparing: Comparing;
  readonly view: View;
  go(next: Comparing, show?: View): void;
}

function Compared({ comparison, comparing, view, go }: ComparedProps) {
  const { base } = comparing;
  const sides = useMemo(() => sidesOf(comparison, base), [comparison, base]);
  return (
    <>
      <Warnings warnings={comparison.warnings} />
      <Tabs
        fill
        label="What is compared"
        value={view}
        onChange={(show) => go(comparing, show)}
        tabs={[
          {
            value: 'table',
            label: 'Differences and figures',
            content: <TableTab comparison={comparison} sides={sides} comparing={comparing} onComparing={go} />,
          },
          { value: 'curves', label: 'Curves', content: <CurvesTab sides={sides} /> },
          { value: 'matrices', label: 'Confusion matrices', content: <MatricesTab sides={sides} /> },
          { value: 'duel', label: 'Duel', content: <DuelTab sides={sides} /> },
          {
            value: 'notes',
            label: 'Notes',
            count: sides.filter(({ run }) => run.notes !== '').length,
            content: <NotesTab sides={sides} />,
          },
        ]}
      />
    </>
  );
}

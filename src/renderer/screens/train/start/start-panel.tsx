import { Play, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Dataset, RunRow } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { useJobs } from '../../../stores/jobs.ts';
import { changeForm } from '../form/form-store.ts';
import type { Form } from '../form/use-form.ts';
import { SweepDialog } from '../sweep/sweep-dialog.tsx';
import { EstimateView } from './estimate-view.tsx';
import { leakReason } from './leak.ts';
import { LeakConsent } from './leak-consent.tsx';
import { longestName, proposedName } from './run-name.ts';
import { useEstimate } from './use-estimate.ts';
import { useLastRun } from './use-newest-runs.ts';
import { useStart } from './use-start.ts';

interface StartPanelProps {
  readonly form: Form;
  readonly split: Dataset['split'];
  readonly runs: readonly RunRow[];
}

/** What the next run is called, what it would cost, and the button that starts it. */
export function StartPanel({ form, split, runs }: StartPanelProps) {
  const { values, params, state } = form;
  const [searching, setSearching] = useState(false);
  const start = useStart();
  const { clear } = start;
  // What was refused is told until something changes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: any change of the form
  useEffect(clear, [clear, values]);
  const estimate = useEstimate(params);
  const hasRoom = estimate.value === undefined || estimate.value.tooLarge === null;
  const leak = useLeak(form, split);
  const proposal = proposedName(values, useLastRun(runs));
  const name = (state.name ?? '').trim() === '' ? proposal : (state.name ?? '').trim();
  const canStart = params !== undefined && hasRoom && !leak.isOpen && state.theirs === undefined;
  const run = (): void => {
    if (params !== undefined) void start.run({ name, params }, leak.allowed);
  };
  useKeys([
    { keys: '$mod+Enter', title: 'Start training', group: 'Train', enabled: canStart, run },
    { keys: 'v', title: 'Search values', group: 'Train', enabled: canStart, run: () => setSearching(true) },
  ]);
  return (
    <Panel title="Next run">
      <div className="h-train-start">
        <Field label="Name" help={state.name === null ? 'Proposed: what differs from the last run.' : undefined}>
          <TextInput
            value={state.name ?? proposal}
            onChange={(text) => changeForm((before) => ({ ...before, name: text }))}
            maxLength={longestName}
            spellCheck={false}
          />
        </Field>
        <EstimateView answer={estimate} isAsked={params !== undefined} />
        {leak.reason === undefined ? null : (
          <LeakConsent reason={leak.reason} allowed={leak.allowed} onChange={leak.setAllowed} />
        )}
        {start.error === undefined ? null : <ErrorNotice error={start.error} compact />}
        <div className="h-train-buttons">
          <Button kind="primary" icon={Play} keyHint="$mod+Enter" busy={start.busy} disabled={!canStart} onClick={run}>
            Start training
          </Button>
          <Button icon={SlidersHorizontal} keyHint="v" disabled={!canStart} onClick={() => setSearching(true)}>
            Search values
          </Button>
        </div>
        {searching && params !== undefined ? (
          <SweepDialog values={values} params={params} allowLeak={leak.allowed} onClose={() => setSearching(false)} />
        ) : null}
      </div>
    </Panel>
  );
}

/** Whether a leak has to be allowed by hand; the consent holds for one reason only. */
function useLeak({ values }: Form, split: Dataset['split']) {
  const lastJob = useJobs().find(({ kind }) => kind === 'study');
  const reason = leakReason(values, split, lastJob);
  const [consent, setConsent] = useState<string | null>(null);
  const allowed = reason !== undefined && consent === reason;
  return {
    reason,
    allowed,
    isOpen: reason !== undefined && !allowed,
    setAllowed: (next: boolean) => setConsent(next ? (reason ?? null) : null),
  };
}

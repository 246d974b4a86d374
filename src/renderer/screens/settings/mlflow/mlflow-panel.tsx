import { type Output, type Push, useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { fromReply } from '../../../transport/api-error.ts';
import { ConnectionTest } from './connection-test.tsx';
import { ServerForm } from './server-form.tsx';
import { Sync } from './sync.tsx';
import { Token } from './token.tsx';

export type Tracking = Output<'tracking/get'>;

/** Where the workspace's runs are sent besides the records, and what waits there. */
export function MlflowPanel() {
  const tracking = useCall('tracking/get', {}, { refreshOn: mayHaveChanged });
  return (
    <Panel title="MLflow" subtitle="A tracking server that this workspace's runs are sent to">
      <Answer of={tracking} rows={6} title="The settings could not be read">
        {(state) => (
          <div className="h-settings-form">
            <ServerForm key={JSON.stringify(state.written)} state={state} onSaved={tracking.reload} />
            {state.problem === null ? null : <ErrorNotice error={fromReply(state.problem)} compact />}
            {state.server === null ? (
              <p className="h-soft">No server is set: nothing is sent.</p>
            ) : (
              <>
                <Token state={state} onChanged={tracking.reload} />
                <ConnectionTest key={state.server} />
                <Sync state={state} />
              </>
            )}
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function mayHaveChanged(push: Push): boolean {
  if (push.topic === 'job') return push.job.kind === 'mlflow-sync' && push.job.endedAt !== null;
  return push.topic === 'changed' && (push.what === 'runs' || push.what === 'workspace');
}

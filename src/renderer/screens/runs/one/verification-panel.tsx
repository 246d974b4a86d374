import { RefreshCw } from 'lucide-react';
import { type Verification, verifiedItemTitles } from '../../../../pipeline/domain/verification.ts';
import { call, type Run, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Badge } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { isActive, useJobs } from '../../../stores/jobs.ts';
import { fromReply } from '../../../transport/api-error.ts';
import './verification.css';

/** Whether the run comes out the same when it is trained again from its recorded inputs. */
export function VerificationPanel({ run }: { readonly run: Run }) {
  const answer = useCall(
    'verifications/get',
    { run: run.id },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'findings' },
  );
  const jobs = useJobs().filter((each) => each.kind === 'verify-run' && each.subject === run.id);
  const active = jobs.find(isActive);
  const failed = active === undefined && jobs[0]?.state === 'failed' ? jobs[0].error : null;
  const start = useAction(() => call('verifications/start', { run: run.id }));
  if (run.kind !== 'train' || run.outcome !== 'completed') return null;
  return (
    <Panel
      title="Repeatability"
      actions={
        <Button icon={RefreshCw} busy={start.busy} disabled={active !== undefined} onClick={() => void start.run()}>
          Verify: train again
        </Button>
      }
    >
      {start.error === undefined ? null : <ErrorNotice error={start.error} compact />}
      {failed === null ? null : <ErrorNotice error={fromReply(failed)} title="It could not be trained again" compact />}
      {active === undefined ? null : (
        <ProgressBar
          label="Training again"
          fraction={active.progress?.fraction ?? null}
          text={active.state === 'queued' ? 'Waiting for its turn' : (active.progress?.step ?? 'Starting')}
        />
      )}
      <Answer of={answer} rows={2} title="Whether it was verified could not be read">
        {({ verification }) =>
          verification === null ? (
            <p className="h-soft">
              Not tried yet. It is trained once more from its recorded inputs, aside, and compared bit by bit; the test
              part is not looked at.
            </p>
          ) : (
            <Verified at={verification.at} value={verification.value} />
          )
        }
      </Answer>
    </Panel>
  );
}

const words = { equal: 'equal', different: 'different', 'not-compared': 'not compared' } as const;
const tones = { equal: 'good', different: 'bad', 'not-compared': 'neutral' } as const;

function Verified({ at, value: { equal, items, environment } }: { readonly at: string; readonly value: Verification }) {
  return (
    <div className="h-verified">
      <p>
        <Badge tone={equal ? 'good' : 'bad'}>{equal ? 'Equal' : 'Different'}</Badge> when trained again on{' '}
        <span className="h-num">{formatDateTime(at)}</span>.
      </p>
      <table aria-label="What was compared">
        <tbody>
          {items.map(({ item, state, what }) => (
            <tr key={item}>
              <th scope="row">{verifiedItemTitles[item]}</th>
              <td>
                <Badge tone={tones[state]}>{words[state]}</Badge>
              </td>
              <td className="h-wrap h-soft">{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {environment.length === 0 ? null : (
        <>
          <p>Another machine or program than the run was made with:</p>
          <table aria-label="Another machine or program">
            <thead>
              <tr>
                <td />
                <th scope="col">then</th>
                <th scope="col">now</th>
              </tr>
            </thead>
            <tbody>
              {environment.map(({ key, recorded, now }) => (
                <tr key={key}>
                  <th scope="row">{key.replaceAll('_', ' ')}</th>
                  <td className="h-wrap">{recorded ?? '–'}</td>
                  <td className="h-wrap">{now ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

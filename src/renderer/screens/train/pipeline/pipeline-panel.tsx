import type { Params } from '../../../../pipeline/domain/params.ts';
import { useCall } from '../../../api.ts';
import { Badge, type Tone } from '../../../components/feedback/badge.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { useSettled } from '../start/use-estimate.ts';
import { pipelineSummary, type StageRow, stageRows } from './stage-rows.ts';

/** Which stages of dvc.yaml the form as it stands would make run, and what changed. */
export function PipelinePanel({ params }: { readonly params: Params | undefined }) {
  const settled = useSettled(params);
  const answer = useCall('pipeline/status', settled === undefined ? null : { params: settled }, {
    refreshOn: (push) => push.topic === 'changed' && push.what !== 'batches' && push.what !== 'findings',
  });
  const rows = answer.value === undefined ? undefined : stageRows(answer.value.stages);
  return (
    <Panel title="What will run, and why" subtitle={rows === undefined ? undefined : pipelineSummary(rows)}>
      {answer.error === undefined ? null : <ErrorNotice error={answer.error} onRetry={answer.reload} compact />}
      {rows === undefined ? <PlaceHolder failed={answer.error !== undefined} /> : <StageList rows={rows} />}
    </Panel>
  );
}

function PlaceHolder({ failed }: { readonly failed: boolean }) {
  return failed ? null : <Loading rows={5} />;
}

function StageList({ rows }: { readonly rows: readonly StageRow[] }) {
  return (
    <ul className="h-train-stages">
      {rows.map((row) => (
        <li key={row.name}>
          <span className="h-mono">{row.name}</span>
          <StageState row={row} />
          <span className={row.reason === '' ? 'h-faint' : 'h-wrap'}>
            {row.reason}
            {row.more.map((reason) => (
              <span key={reason} className="h-train-more">
                {reason}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

const words: Readonly<
  Record<StageRow['state'], { readonly text: string; readonly tone: Tone; readonly title: string }>
> = {
  fresh: { text: 'up to date', tone: 'neutral', title: 'Its outputs stand' },
  again: { text: 'up to date', tone: 'neutral', title: 'Nothing changed; a start from here would run it again' },
  runs: { text: 'runs', tone: 'accent', title: 'A start runs it' },
  waits: { text: 'may run', tone: 'neutral', title: 'It runs when the stage before it makes other outputs' },
  stale: {
    text: 'changed',
    tone: 'caution',
    title: 'The Data screen reads the files again; a start from here does not',
  },
};

function StageState({ row: { state } }: { readonly row: StageRow }) {
  const { text, tone, title } = words[state];
  if (state === 'fresh' || state === 'again')
    return (
      <span className="h-faint" title={title}>
        {text}
      </span>
    );
  return (
    <Badge tone={tone} title={title}>
      {text}
    </Badge>
  );
}

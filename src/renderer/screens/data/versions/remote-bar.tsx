import { CloudDownload, CloudUpload } from 'lucide-react';
import { call, type Output, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { formatCount } from '../../../format/numbers.ts';

type Remote = Output<'data/remote'>;

/** What the default remote lacks, and the way to bring things there and back. */
export function RemoteBar({ busy }: { readonly busy: boolean }) {
  const { value, error, reload } = useCall(
    'data/remote',
    { check: true },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'dataset' },
  );
  const push = useAction(() => call('data/push', { remote: null }));
  const pull = useAction(() => call('data/pull', { remote: null }));
  const hasDefault = value?.remotes.some(({ isDefault }) => isDefault) ?? false;
  const problem = error ?? push.error ?? pull.error;
  return (
    <section className="h-versions-remote" aria-label="Remote">
      {problem === undefined ? (
        <span className="h-soft h-cut" role="status">
          {value === undefined ? 'Asking the remote…' : remoteText(value)}
        </span>
      ) : (
        <ErrorNotice error={problem} compact onRetry={reload} />
      )}
      {hasDefault || problem !== undefined ? (
        <>
          <Button icon={CloudUpload} disabled={busy} busy={push.busy} onClick={() => void push.run()}>
            Push
          </Button>
          <Button icon={CloudDownload} disabled={busy} busy={pull.busy} onClick={() => void pull.run()}>
            Pull
          </Button>
        </>
      ) : null}
    </section>
  );
}

function remoteText({ remotes, state }: Remote): string {
  if (remotes.length === 0) return 'No remote: hilum remote add NAME URL --default';
  if (state === null) return 'No remote is the default: hilum remote add NAME URL --default';
  if (state.unpushed === 0) return `Remote ${state.remote} has all ${formatCount(state.objects)} objects`;
  return `Remote ${state.remote}: ${formatCount(state.unpushed)} of ${formatCount(state.objects)} objects are not pushed`;
}

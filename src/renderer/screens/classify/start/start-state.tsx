import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { FolderPicker } from '../../../components/files/folder-picker.tsx';
import { isActive, useActiveJob } from '../../../stores/jobs.ts';
import { fromReply } from '../../../transport/api-error.ts';
import type { Starter } from './use-starter.ts';
import './start.css';

/** What became of the folder that was given: it waits, its files are listed, or it cannot be classified. */
export function StartState({ starter }: { readonly starter: Starter }) {
  const { start, demo, waiting, forget, picking, setPicking } = starter;
  const failure = start.error ?? demo.error ?? (waiting?.error ? fromReply(waiting.error) : undefined);
  return (
    <>
      <FolderPicker
        open={picking}
        onClose={() => setPicking(false)}
        onPick={(path) => void start.run(path)}
        purpose="scans"
      />
      {failure === undefined ? null : (
        <ErrorNotice
          title="This folder was not classified"
          error={failure}
          actions={<Button onClick={forget}>Close</Button>}
        />
      )}
      {waiting !== undefined && isActive(waiting) ? <Waiting starter={starter} /> : null}
    </>
  );
}

function Waiting({ starter: { waiting, forget } }: { readonly starter: Starter }) {
  const before = useActiveJob((job) => job.id !== waiting?.id);
  const cancel = useAction(async () => {
    if (waiting !== undefined) await call('jobs/cancel', { job: waiting.id });
    forget();
  });
  if (waiting === undefined) return null;
  const text =
    waiting.state === 'queued' && before !== undefined
      ? `Waits until this is done: ${before.title}`
      : (waiting.progress?.step ?? 'Starting');
  return (
    <div className="h-classify-waiting">
      <strong className="h-cut">{waiting.title}</strong>
      <ProgressBar fraction={null} label={waiting.title} text={text} />
      <Button busy={cancel.busy} onClick={() => void cancel.run()}>
        Cancel
      </Button>
    </div>
  );
}

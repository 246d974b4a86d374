import { Download, FileJson, FileSpreadsheet, FileText, MessageSquareText, Pause, Play } from 'lucide-react';
import { type Batch, call, type Input, receiveFile, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Menu } from '../../../components/overlays/menu.tsx';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { useActiveJob } from '../../../stores/jobs.ts';
import { notify, notifyError } from '../../../stores/notices.ts';
import { canResume } from './resume.ts';

/** Pause or resume, and export. */
export function BatchActions({ batch }: { readonly batch: Batch }) {
  const { id, sourceThere } = batch;
  const job = useActiveJob(({ subject }) => subject === id);
  const pause = useAction(async () => {
    if (job !== undefined) await call('jobs/cancel', { job: job.id }).catch(notifyError);
  });
  const resume = useAction(async () => {
    await call('batches/resume', { batch: id }).catch(notifyError);
  });
  return (
    <>
      {job === undefined ? null : (
        <Button icon={Pause} busy={pause.busy || job.state === 'cancelling'} onClick={() => void pause.run()}>
          Pause
        </Button>
      )}
      {job === undefined && canResume(batch) ? (
        <Button
          kind="primary"
          icon={Play}
          busy={resume.busy}
          disabled={!sourceThere}
          title={sourceThere ? undefined : 'The folder of the scans is not there now'}
          onClick={() => void resume.run()}
        >
          Resume
        </Button>
      ) : null}
      <ExportMenu id={id} />
    </>
  );
}

type Format = Input<'batches/export'>['format'];

const formats = [
  { format: 'csv', label: 'Table as CSV', icon: FileSpreadsheet },
  { format: 'json', label: 'Table as JSON', icon: FileJson },
  { format: 'html', label: 'Report as HTML, for printing', icon: FileText },
  { format: 'reviews', label: 'All reviews as CSV', icon: MessageSquareText },
] as const;

function ExportMenu({ id }: { readonly id: string }) {
  const make = useAction(async (format: Format) => {
    try {
      const text = await receiveFile(await call('batches/export', { batch: id, format }));
      if (text !== null) notify({ text, kind: 'good' });
    } catch (error) {
      notifyError(error);
    }
  });
  useCommand('export', () => void make.run('csv'));
  useCommand('print', () => void make.run('html'));
  useKeys(
    formats.map(({ format, label }) => ({
      title: `Export: ${label}`,
      group: 'Batch',
      run: () => void make.run(format),
    })),
  );
  return (
    <Menu
      label="Export"
      trigger={
        <Button icon={Download} busy={make.busy}>
          Export
        </Button>
      }
      items={formats.map(({ format, label, icon }) => ({ label, icon, run: () => void make.run(format) }))}
    />
  );
}

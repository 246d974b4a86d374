import { FileArchive, PackageOpen } from 'lucide-react';
import { useRef, useState } from 'react';
import { call, type Output, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { ProgressBar } from '../../../components/feedback/progress-bar.tsx';
import { DropZone } from '../../../components/files/drop-zone.tsx';
import { FolderPicker } from '../../../components/files/folder-picker.tsx';
import { useDropped } from '../../../components/files/use-dropped.ts';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { formatBytes, plural } from '../../../format/numbers.ts';
import { useApp } from '../../../stores/app.ts';
import { href, pathOf } from '../../../stores/route.ts';
import './bundle.css';

type Outcome = Output<'bundles/import'>;

/** Runs that another Hilum exported: checked whole, then taken in. */
export function ImportBundleDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  return open ? <OpenDialog onClose={onClose} /> : null;
}

function OpenDialog({ onClose }: { onClose(): void }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const take = useAction(async (path: string) => setOutcome(await call('bundles/import', { path })));
  return (
    <Dialog
      open
      title="Import a run bundle"
      description="Every file in it is compared with the bundle's hashes before anything is kept."
      onClose={onClose}
      footer={<Button onClick={onClose}>{outcome === null ? 'Cancel' : 'Close'}</Button>}
    >
      {take.error === undefined ? null : <ErrorNotice error={take.error} title="Nothing was imported" compact />}
      {outcome === null ? (
        <DropZone
          purpose="bundle"
          title="Drop the bundle here"
          disabled={take.busy}
          onFolder={(path) => void take.run(path)}
        >
          <Chooser busy={take.busy} onFile={(path) => void take.run(path)} />
        </DropZone>
      ) : (
        <Imported outcome={outcome} onClose={onClose} />
      )}
    </Dialog>
  );
}

/** In the app the system's dialog, in a browser a file of the user's own machine, else a folder that the core sees. */
function Chooser({ busy, onFile }: { readonly busy: boolean; onFile(path: string): void }) {
  const { canUpload } = useApp();
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { sending, send } = useDropped(onFile);
  return (
    <div className="h-bundle-drop">
      <FileArchive size={28} strokeWidth={1.5} aria-hidden="true" />
      <p className="h-soft">
        A zip that “Export bundle” or <code>hilum runs export --bundle</code> wrote.
      </p>
      <Button
        kind="primary"
        icon={PackageOpen}
        busy={busy || sending !== null}
        onClick={() => (canUpload ? input.current?.click() : setPicking(true))}
      >
        Choose bundle
      </Button>
      {sending === null ? null : (
        <ProgressBar
          label="Sending the bundle"
          fraction={sending.totalBytes === 0 ? null : sending.doneBytes / sending.totalBytes}
          text={`${formatBytes(sending.doneBytes)} of ${formatBytes(sending.totalBytes)} sent`}
        />
      )}
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        aria-label="Bundle to import"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void send([{ file, path: file.name }]);
          event.target.value = '';
        }}
      />
      <FolderPicker open={picking} onClose={() => setPicking(false)} onPick={onFile} purpose="bundle" />
    </div>
  );
}

const listedAtMost = 20;

function Imported({ outcome: { runs, models, names }, onClose }: { readonly outcome: Outcome; onClose(): void }) {
  const fresh = runs.filter(({ isNew }) => isNew);
  const known = runs.length - fresh.length;
  return (
    <div className="h-bundle-outcome h-prose" role="status">
      <p>
        <strong>{fresh.length === 0 ? 'No run was new' : `${plural(fresh.length, 'run')} imported`}</strong>
        {known === 0 ? '' : `; ${known} ${known === 1 ? 'was' : 'were'} here already`}
        {models === 0 || fresh.length === 0 ? '' : `; ${plural(models, 'model')} with them`}.
      </p>
      {names === 'replaced' ? (
        <p className="h-soft">Names of files and patients were left out where the bundle was made.</p>
      ) : null}
      {fresh.length === 0 ? null : (
        <ul>
          {fresh.slice(0, listedAtMost).map(({ id, name }) => (
            <li key={id}>
              <a href={href(pathOf('runs', [id]))} onClick={onClose}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

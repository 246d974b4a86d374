import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { ChooseNetwork } from './choose-network.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportProgress } from './import-progress.tsx';
import { Recognised } from './recognised.tsx';
import { useSealed } from './use-sealed.ts';
import { emptyForm, type Form, lacking, wishOf } from './wish.ts';
import './import.css';

type Found = Awaited<ReturnType<typeof look>>;

/** A network that another program wrote: what it is, what it shall become, and what came of it. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const [found, setFound] = useState<Found | null>(null);
  const [form, setForm] = useState<Form>(emptyForm);
  const [job, setJob] = useState<string | null>(null);
  const inspect = useAction(async (path: string, size: number | null) => {
    const seen = await look(path, size);
    setFound(seen);
    setForm({ ...emptyForm, as: seen.facts.classifier === null ? 'backbone' : 'classifier', title: nameOf(seen.path) });
  });
  const start = useAction(async (wish: ReturnType<typeof wishOf>) => setJob((await call('networks/import', wish)).job));
  const sealed = useSealed(onClose);
  const missing = found === null ? null : lacking(form, found.facts);
  const isSealed = found?.facts.kind === 'sealed';
  const error = inspect.error ?? start.error ?? sealed.error;
  return (
    <Dialog
      open
      size="large"
      onClose={onClose}
      title="Import network"
      description="Keras .h5 files and tfjs layers-models. Nothing in the file is run: layers and numbers are read, everything else is refused."
      footer={
        <>
          {found === null || isSealed || job !== null || missing === null ? null : (
            <span className="h-soft">{missing}</span>
          )}
          <Button onClick={onClose}>{job === null ? 'Cancel' : 'Close'}</Button>
          {found === null || job !== null ? null : (
            <Button
              kind="primary"
              busy={start.busy || sealed.busy}
              disabled={!isSealed && missing !== null}
              onClick={() => void (isSealed ? sealed.run(found.path) : start.run(wishOf(form, found.path, found.size)))}
            >
              Import
            </Button>
          )}
        </>
      }
    >
      <div className="h-import">
        {job === null ? (
          <ChooseNetwork busy={inspect.busy} onLook={(path, size) => void inspect.run(path, size)} />
        ) : null}
        {error === undefined ? null : <ErrorNotice error={error} title="This cannot be imported" compact />}
        {found === null || inspect.error !== undefined ? null : <Recognised facts={found.facts} />}
        {found === null || isSealed || job !== null || inspect.error !== undefined ? null : (
          <ImportForm facts={found.facts} form={form} onChange={setForm} />
        )}
        {job === null ? null : <ImportProgress job={job} onClose={onClose} onAgain={() => setJob(null)} />}
      </div>
    </Dialog>
  );
}

async function look(path: string, size: number | null) {
  return { ...(await call('networks/inspect', { path, size })), size };
}

/** Last part of the path without its ending. */
function nameOf(path: string): string {
  const last = path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return last.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^A-Za-z0-9._-]/g, '-');
}

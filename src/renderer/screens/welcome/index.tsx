import { Database, FolderOpen, HardDrive, Microscope, Play, ShieldAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call, useAction } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { FolderPicker } from '../../components/files/folder-picker.tsx';
import { reloadApp, useApp } from '../../stores/app.ts';
import { navigate, pathOf } from '../../stores/route.ts';
import './welcome.css';

/** First run: what the program is, where data stays, and the shortest ways to a first classified folder. */
export default function WelcomeScreen() {
  const { workspace, transport } = useApp();
  return (
    <main className="h-welcome">
      <div className="h-welcome-page">
        <p className="h-welcome-mark">Hilum</p>
        <h1>Classify folders of kidney CT images, train the classifier on your own, and see how good it really is.</h1>
        <ul className="h-welcome-points">
          <Point icon={<ShieldAlert size={20} />} title="Research use only. Not for diagnosis.">
            Nothing here may be used to decide about a patient. Every screen, report and export says so.
          </Point>
          <Point icon={<HardDrive size={20} />} title="Your images stay where they are">
            {transport === 'app'
              ? 'Nothing leaves this computer.'
              : 'Nothing leaves the machine that this page comes from.'}{' '}
            Scans are read in place and never copied or changed; records and models are kept in{' '}
            <span className="h-mono h-wrap">{workspace.root}</span>.
          </Point>
          <Point icon={<Microscope size={20} />} title="It says when it does not know">
            Each image ends as answered, for review, or refused with a reason; each figure stands with its interval and
            the number of scans behind it.
          </Point>
        </ul>
        <FirstSteps />
      </div>
    </main>
  );
}

function Point({
  icon,
  title,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <span className="h-welcome-icon" aria-hidden="true">
        {icon}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{children}</p>
      </div>
    </li>
  );
}

/** Each way accepts the notice first: the button says so. */
function FirstSteps() {
  const { defaultModel } = useApp();
  const [picking, setPicking] = useState(false);
  const demo = useAction(async () => {
    await call('app/accept-notice', {});
    const { job } = await call('demo/classify', {});
    await leave(pathOf('classify', [], { job }));
  });
  const folder = useAction(async (path: string) => {
    await call('app/accept-notice', {});
    const { batch } = await call('batches/start', { folder: path, model: defaultModel });
    await leave(batch === null ? '/classify' : `/classify/${batch}`);
  });
  const data = useAction(async () => {
    await call('app/accept-notice', {});
    await leave('/data');
  });
  const busy = demo.busy || folder.busy || data.busy;
  const error = demo.error ?? folder.error ?? data.error;
  return (
    <section className="h-welcome-start" aria-label="First steps">
      <div className="h-welcome-buttons">
        <Button kind="primary" icon={Play} busy={demo.busy} disabled={busy} onClick={() => void demo.run()}>
          Try it with synthetic scans
        </Button>
        <Button icon={FolderOpen} busy={folder.busy} disabled={busy} onClick={() => setPicking(true)}>
          Classify a folder of mine
        </Button>
        <Button icon={Database} busy={data.busy} disabled={busy} onClick={() => void data.run()}>
          Train on my own data
        </Button>
      </div>
      <p className="h-soft">
        By going on you confirm that you use the program for research only. The synthetic scans are drawn on this
        machine, broken files among them; classifying them takes less than a minute.
      </p>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <FolderPicker
        open={picking}
        onClose={() => setPicking(false)}
        onPick={(path) => void folder.run(path)}
        purpose="scans"
      />
    </section>
  );
}

async function leave(path: string): Promise<void> {
  navigate(path);
  await reloadApp();
}

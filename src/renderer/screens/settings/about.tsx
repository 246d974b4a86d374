import { useState } from 'react';
import { useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { Dialog } from '../../components/overlays/dialog.tsx';
import { useCommand } from '../../keys/use-command.ts';
import { useApp } from '../../stores/app.ts';

/** What the program is, what it is not, and whose work it stands on. */
export function About() {
  const { version } = useApp();
  const [open, setOpen] = useState(false);
  useCommand('licences', () => setOpen(true));
  return (
    <Panel
      title="About"
      subtitle={`Version ${version}`}
      actions={<Button onClick={() => setOpen(true)}>Licences</Button>}
    >
      <p className="h-settings-notice">Research use only. Not for diagnosis.</p>
      <p className="h-soft h-prose">
        Hilum classifies kidney CT images, trains the classifier on this machine and keeps a record of every run. Its
        answers come from statistics over images, not from medical knowledge: do not use them to decide about a patient.
        No image, name or figure leaves this machine unless you set up a tracking server or a remote, or export
        something.
      </p>
      <Licences open={open} onClose={() => setOpen(false)} />
    </Panel>
  );
}

function Licences({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const answer = useCall('app/licences', open ? {} : null);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Licences"
      size="large"
      isText
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Answer of={answer} rows={8} title="The licences could not be read">
        {({ own, packages }) => (
          <div className="h-settings-form">
            <table className="h-settings-table">
              <caption>Libraries that Hilum is built on</caption>
              <thead>
                <tr>
                  <th scope="col">Package</th>
                  <th scope="col">Version</th>
                  <th scope="col">Licence</th>
                </tr>
              </thead>
              <tbody>
                {packages.map(({ name, version, licence }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{version}</td>
                    <td>{licence}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <pre className="h-settings-licence">{own}</pre>
          </div>
        )}
      </Answer>
    </Dialog>
  );
}

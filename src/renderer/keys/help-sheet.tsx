import { KeyHint } from '../components/layout/key-hint.tsx';
import { Dialog } from '../components/overlays/dialog.tsx';
import { byGroup } from './filter-actions.ts';
import { registry } from './listener.ts';
import './keys.css';

interface HelpSheetProps {
  readonly open: boolean;
  onClose(): void;
}

/** All keys that do something right now. */
export function HelpSheet({ open, onClose }: HelpSheetProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      description="What the keyboard does on this screen."
      size="large"
      isText
    >
      {open ? <Groups /> : null}
    </Dialog>
  );
}

function Groups() {
  return (
    <div className="h-help">
      {byGroup(registry.active()).map(([group, bindings]) => (
        <section key={group} className="h-help-group">
          <h3>{group}</h3>
          <dl>
            {bindings.map(({ keys, title }) => (
              <div key={keys} className="h-help-line">
                <dt>{title}</dt>
                <dd>{keys === undefined ? null : <KeyHint keys={keys} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

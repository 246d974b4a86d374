import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { TextInput } from '../components/controls/text-input.tsx';
import { KeyHint } from '../components/layout/key-hint.tsx';
import { Dialog } from '../components/overlays/dialog.tsx';
import { filterActions } from './filter-actions.ts';
import { registry } from './listener.ts';
import type { KeyBinding } from './registry.ts';
import './keys.css';

interface PaletteProps {
  readonly open: boolean;
  onClose(): void;
}

/** Everything that can be done right now, found by typing. */
export function Palette({ open, onClose }: PaletteProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Commands" size="medium">
      {open ? <Actions onClose={onClose} /> : null}
    </Dialog>
  );
}

function Actions({ onClose }: { onClose(): void }) {
  const [all] = useState(() => registry.active());
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const actions = filterActions(all, text);
  const run = (action: KeyBinding | undefined): void => {
    if (action === undefined) return;
    onClose();
    // After the dialog has given the focus back, so that the action may move it on.
    window.setTimeout(() => action.run());
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt(Math.min(actions.length - 1, Math.max(0, at + step)));
  };
  useEffect(() => {
    document.getElementById(`${id}${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at, id]);
  return (
    <>
      <TextInput
        type="search"
        label="Find a command"
        placeholder="Type to find a command"
        role="combobox"
        aria-expanded
        aria-controls={`${id}list`}
        aria-activedescendant={actions.length === 0 ? undefined : `${id}${at}`}
        value={text}
        onChange={(next) => {
          setText(next);
          setAt(0);
        }}
        onEnter={() => run(actions[at])}
        onKeyDown={press}
      />
      <div id={`${id}list`} className="h-palette" role="listbox" aria-label="Commands">
        {actions.map((action, index) => (
          <Entry
            key={`${action.group} ${action.title}`}
            id={`${id}${index}`}
            action={action}
            current={index === at}
            run={run}
          />
        ))}
      </div>
      {actions.length === 0 ? <p className="h-soft">No command has these words.</p> : null}
    </>
  );
}

interface EntryProps {
  readonly id: string;
  readonly action: KeyBinding;
  readonly current: boolean;
  run(action: KeyBinding): void;
}

function Entry({ id, action, current, run }: EntryProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the text above, whose keys choose and run
    <div
      id={id}
      className="h-palette-entry"
      role="option"
      aria-selected={current}
      tabIndex={-1}
      onClick={() => run(action)}
    >
      <span className="h-faint">{action.group}</span>
      <span className="h-cut">{action.title}</span>
      {action.keys === undefined ? null : <KeyHint keys={action.keys} />}
    </div>
  );
}

import { useState } from 'react';
import { call, useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import { knownRun } from '../list/run-store.ts';
import { changedTags, type TagStates, tagStates } from './tag-states.ts';

interface TagDialogProps {
  /** null: closed. */
  readonly runs: readonly string[] | null;
  onClose(): void;
}

/** Tags of several runs at once: those that all, some or none of them have. */
export function TagDialog({ runs, onClose }: TagDialogProps) {
  return runs === null ? null : <OpenDialog key={runs.join()} runs={runs} onClose={onClose} />;
}

function OpenDialog({ runs, onClose }: { readonly runs: readonly string[]; onClose(): void }) {
  const known = useKnownTags();
  const [before] = useState(() => tagStates(runs.map((run) => knownRun(run)?.tags ?? [])));
  const [states, setStates] = useState<TagStates>(before);
  const [text, setText] = useState('');
  const offered = [...new Set([...states.keys(), ...known])].sort((a, b) => a.localeCompare(b));
  const add = (): void => {
    const tag = text.trim();
    if (tag === '') return;
    setStates(new Map(states).set(tag, true));
    setText('');
  };
  const save = useAction(async () => {
    const all = text.trim() === '' ? states : new Map(states).set(text.trim(), true);
    const { addTags, removeTags } = changedTags(before, all);
    if (addTags.length + removeTags.length > 0) {
      for (const run of runs) await call('runs/annotate', { run, addTags, removeTags });
    }
    onClose();
  });
  return (
    <Dialog
      open
      size="small"
      title={`Tag ${plural(runs.length, 'run')}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={save.busy} onClick={() => void save.run()}>
            Save tags
          </Button>
        </>
      }
    >
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
      <div className="h-runs-tagging">
        <Field label="New tag" help="Enter adds it to the list below.">
          <TextInput value={text} maxLength={60} onChange={setText} onEnter={add} />
        </Field>
        <fieldset>
          <legend className="h-sr">Tags</legend>
          {offered.map((tag) => (
            <Checkbox
              key={tag}
              label={tag}
              checked={states.get(tag) ?? false}
              onChange={(checked) => setStates(new Map(states).set(tag, checked))}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}

/** Tags that some run of the workspace has. */
export function useKnownTags(): readonly string[] {
  const { value } = useCall('runs/columns', {});
  return value?.columns.find(({ key }) => key === 'tags')?.values ?? [];
}

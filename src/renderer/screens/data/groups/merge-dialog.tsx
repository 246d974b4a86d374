import { useId, useState } from 'react';
import { useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Dialog } from '../../../components/overlays/dialog.tsx';
import { plural } from '../../../format/numbers.ts';
import type { Group } from './group-rows.ts';

interface MergeDialogProps {
  readonly groups: readonly Group[];
  readonly scans: ReadonlySet<string>;
  /** First proposal. */
  readonly proposal: string;
  onClose(): void;
  onGroup(name: string): Promise<void>;
}

const longestName = 200;

/** Into which patient group the scans go: one that is there, or a new one. */
export function MergeDialog({ groups, scans, proposal, onClose, onGroup }: MergeDialogProps) {
  const [name, setName] = useState(proposal);
  const listId = useId();
  const merge = useAction(async () => {
    await onGroup(name.trim());
    onClose();
  });
  const isThere = groups.some(({ group }) => group === name.trim());
  const run = (): void => {
    if (name.trim() !== '') void merge.run();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Put ${plural(scans.size, 'scan')} into one patient group`}
      description="Scans of one group always stand in the same part of a split."
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={merge.busy} disabled={name.trim() === ''} onClick={run}>
            {isThere ? 'Add to this group' : 'Make this group'}
          </Button>
        </>
      }
    >
      <Field
        label="Name of the group"
        help={isThere ? 'This group is there already: the scans join it.' : 'A new group.'}
      >
        <TextInput
          value={name}
          onChange={setName}
          onEnter={run}
          list={listId}
          maxLength={longestName}
          spellCheck={false}
        />
      </Field>
      <datalist id={listId}>
        {groups.map(({ group }) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      {merge.error === undefined ? null : <ErrorNotice error={merge.error} compact />}
    </Dialog>
  );
}

import { UserRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { Switch } from '../../../components/controls/switch.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Popover } from '../../../components/overlays/popover.tsx';
import { setPref, usePref } from '../../../stores/prefs.ts';

interface ReaderMenuProps {
  readonly reader: string;
  readonly advances: boolean;
  onAdvances(advances: boolean): void;
}

/** Who reads, which stands beside each decision, and what follows one. */
export function ReaderMenu({ reader, advances, onAdvances }: ReaderMenuProps) {
  const [open, setOpen] = useState(false);
  const chosen = usePref('reader');
  return (
    <Popover
      label="Reader"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          kind="quiet"
          icon={UserRound}
          className="h-classify-reader"
          title="Who reads, and what follows a decision"
        >
          {reader}
        </Button>
      }
    >
      <div className="h-classify-reader-form">
        <Field label="Reader" help="Stands beside each decision from now on. Empty: the login of this machine.">
          <TextInput
            value={chosen}
            onChange={(name) => setPref('reader', name)}
            onEnter={() => setOpen(false)}
            placeholder={reader}
            maxLength={80}
            spellCheck={false}
          />
        </Field>
        <Switch checked={advances} onChange={onAdvances} label="Go on to the next unread image after a decision" />
      </div>
    </Popover>
  );
}

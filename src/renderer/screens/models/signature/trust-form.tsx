import { useState } from 'react';
import { Button } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Fingerprint } from './fingerprint.tsx';

interface TrustFormProps {
  readonly fingerprint: string;
  readonly proposedName: string;
  readonly busy: boolean;
  onTrust(name: string): void;
}

/** A fingerprint to compare, the name that the user knows its owner by, and only then the button. */
export function TrustForm({ fingerprint, proposedName, busy, onTrust }: TrustFormProps) {
  const [name, setName] = useState(proposedName);
  const [compared, setCompared] = useState(false);
  const written = name.trim().normalize('NFC');
  return (
    <div className="h-signature-form">
      <Field label="Name that you know its owner by" help="Shown here with each of their signatures.">
        <TextInput value={name} onChange={setName} maxLength={80} />
      </Field>
      <div>
        <div className="h-soft">Fingerprint of the key</div>
        <Fingerprint of={fingerprint} />
      </div>
      <Checkbox
        checked={compared}
        onChange={setCompared}
        label="I compared the fingerprint with what its owner told me"
        help="In person or by telephone, not through the place that the model came from."
      />
      <div>
        <Button kind="primary" busy={busy} disabled={!compared || written === ''} onClick={() => onTrust(written)}>
          Trust
        </Button>
      </div>
    </div>
  );
}

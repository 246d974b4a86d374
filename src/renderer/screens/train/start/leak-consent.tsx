import { Checkbox } from '../../../components/controls/checkbox.tsx';

interface LeakConsentProps {
  readonly reason: string;
  readonly allowed: boolean;
  onChange(allowed: boolean): void;
}

/** The one box that must be ticked before a run may leak. */
export function LeakConsent({ reason, allowed, onChange }: LeakConsentProps) {
  return (
    <div className="h-train-leak">
      <p>
        <strong>This run would leak.</strong> {reason} Its figures would measure memory, not skill.
      </p>
      <Checkbox
        checked={allowed}
        onChange={onChange}
        label="Train it all the same, for comparison"
        help="The run and its model are stamped leaky for ever: in every list, report and export."
      />
    </div>
  );
}

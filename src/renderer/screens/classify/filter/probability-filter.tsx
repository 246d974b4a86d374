import { ChevronDown } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { Field } from '../../../components/controls/field.tsx';
import { NumberInput } from '../../../components/controls/number-input.tsx';
import { Popover } from '../../../components/overlays/popover.tsx';

interface ProbabilityFilterProps {
  /** 0..1, as are all of these. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  onRange(low: number | undefined, high: number | undefined): void;
}

/** Filter by the probability of the answer, in percent. */
export function ProbabilityFilter({ low, high, onRange }: ProbabilityFilterProps) {
  const isSet = low !== undefined || high !== undefined;
  const text = isSet ? `${percentOf(low) ?? 0}–${percentOf(high) ?? 100} %` : 'Probability';
  return (
    <Popover
      label="Filter by probability"
      trigger={
        <Button icon={ChevronDown} className={isSet ? 'h-classify-set' : ''}>
          {text}
        </Button>
      }
    >
      <div className="h-classify-range">
        <Field label="At least">
          <NumberInput
            value={percentOf(low)}
            onChange={(percent) => onRange(shareOf(percent), high)}
            min={0}
            max={100}
            step={5}
            unit="%"
            allowEmpty
          />
        </Field>
        <Field label="At most">
          <NumberInput
            value={percentOf(high)}
            onChange={(percent) => onRange(low, shareOf(percent))}
            min={0}
            max={100}
            step={5}
            unit="%"
            allowEmpty
          />
        </Field>
        <div className="h-classify-range-quick">
          <Button onClick={() => onRange(undefined, 0.7)}>Below 70 %</Button>
          <Button onClick={() => onRange(0.95, undefined)}>95 % and more</Button>
          <Button kind="quiet" onClick={() => onRange(undefined, undefined)}>
            Any
          </Button>
        </div>
      </div>
    </Popover>
  );
}

/** Three digits after the point are more than a table shows. */
function percentOf(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 100_000) / 1000;
}

function shareOf(percent: number | null): number | undefined {
  return percent === null ? undefined : Math.round(percent * 1000) / 100_000;
}

import { ChevronDown } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { Popover } from '../../../components/overlays/popover.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { toggled } from './listing.ts';

interface ManyClassesProps {
  readonly classes: readonly string[];
  readonly byClass: Readonly<Record<string, number>>;
  readonly chosen: readonly string[] | undefined;
  onChosen(classes: string[] | undefined): void;
}

/** Choice of answers where a model knows too many for one line. */
export function ManyClasses({ classes, byClass, chosen, onChosen }: ManyClassesProps) {
  const text = chosen === undefined ? 'All answers' : `${chosen.length} of ${classes.length} answers`;
  return (
    <Popover label="Filter by answer" trigger={<Button icon={ChevronDown}>{text}</Button>}>
      <div className="h-classify-classes">
        {classes.map((name) => (
          <Checkbox
            key={name}
            label={`${name} · ${formatCount(byClass[name] ?? 0)}`}
            checked={chosen?.includes(name) === true}
            onChange={() => onChosen(toggled(chosen, name))}
          />
        ))}
      </div>
    </Popover>
  );
}

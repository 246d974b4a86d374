import { Undo2 } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { KeyHint } from '../../../components/layout/key-hint.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { href } from '../../../stores/route.ts';

export type Scope = 'image' | 'scan';

interface RelabelBarProps {
  readonly classes: readonly string[];
  /** Class of the image now. */
  readonly now: string;
  readonly imagesInScan: number;
  readonly scope: Scope;
  readonly reader: string;
  /** What was changed last; undefined: nothing to take back. */
  readonly last: string | undefined;
  onScope(scope: Scope): void;
  onClass(name: string): void;
  onUndo(): void;
}

const mostKeys = 9;

/** The class of the image or of its whole scan, one key or one press each. */
export function RelabelBar(props: RelabelBarProps) {
  const { classes, now, imagesInScan, scope, reader, last, onScope, onClass, onUndo } = props;
  useRelabelKeys(props);
  return (
    <section className="h-data-relabel" aria-label="Class">
      <div className="h-data-relabel-line">
        <Segmented
          label="What gets the class"
          value={scope}
          onChange={onScope}
          options={[
            { value: 'image', label: 'This image' },
            { value: 'scan', label: 'Whole scan', count: imagesInScan },
          ]}
        />
        <span className="h-soft h-cut" role="status">
          {last}
        </span>
        {last === undefined ? null : (
          <Button kind="quiet" icon={Undo2} keyHint="u" onClick={onUndo}>
            Undo
          </Button>
        )}
        <span className="h-soft h-data-reader">
          as <a href={href('/settings')}>{reader}</a>
        </span>
      </div>
      <ClassButtons classes={classes} now={now} onClass={onClass} />
    </section>
  );
}

function ClassButtons({ classes, now, onClass }: Pick<RelabelBarProps, 'classes' | 'now' | 'onClass'>) {
  const others = classes.slice(mostKeys);
  return (
    <div className="h-data-classes">
      {classes.slice(0, mostKeys).map((name, index) => (
        <button
          key={name}
          type="button"
          className="h-data-class"
          aria-pressed={name === now}
          onClick={() => onClass(name)}
        >
          <KeyHint keys={String(index + 1)} />
          <ClassChip name={name} index={index} strong={name === now} />
        </button>
      ))}
      {others.length === 0 ? null : (
        <Select
          label="Another class"
          placeholder="Another class"
          value={others.includes(now) ? now : null}
          options={others.map((name) => ({ value: name, label: name }))}
          onChange={onClass}
        />
      )}
    </div>
  );
}

const group = 'Class of the image';

function useRelabelKeys({ classes, scope, last, onScope, onClass, onUndo }: RelabelBarProps): void {
  const otherScope = scope === 'scan' ? 'image' : 'scan';
  useKeys([
    ...classes.slice(0, mostKeys).map((name, index) => ({
      keys: String(index + 1),
      title: `It is ${name}`,
      group,
      run: () => onClass(name),
    })),
    { keys: 's', title: 'This image, or its whole scan', group, run: () => onScope(otherScope) },
    { keys: 'u', title: 'Take the last change back', group, enabled: last !== undefined, run: onUndo },
  ]);
}

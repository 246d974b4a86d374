import { ArrowDown, ArrowUp, Columns3, X } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../../api.ts';
import { Button, IconButton } from '../../../components/controls/button.tsx';
import { Checkbox } from '../../../components/controls/checkbox.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Popover } from '../../../components/overlays/popover.tsx';
import { setPref } from '../../../stores/prefs.ts';
import { columnGroups, mostColumns, moved, toggled } from './column-choice.ts';

interface ColumnPopoverProps {
  readonly offered: readonly Column[];
  readonly shown: readonly Column[];
}

/** Which columns the table has, and in what order; remembered in this browser. */
export function ColumnPopover({ offered, shown }: ColumnPopoverProps) {
  const [text, setText] = useState('');
  const keys = shown.map(({ key }) => key);
  const choose = (next: readonly string[]): void => setPref('runColumns', [...next]);
  return (
    <Popover wide align="end" label="Columns of the table" trigger={<Button icon={Columns3}>Columns</Button>}>
      <div className="h-runs-columns">
        <section aria-label="Shown">
          <header>
            <h2>Shown</h2>
            <Button kind="quiet" onClick={() => choose([])}>
              As proposed
            </Button>
          </header>
          <ol>
            {shown.map((column) => (
              <ShownColumn key={column.key} column={column} keys={keys} onChoose={choose} />
            ))}
          </ol>
        </section>
        <section aria-label="All columns">
          <TextInput type="search" label="Find a column" placeholder="Find a column" value={text} onChange={setText} />
          <Offered {...{ offered, keys, text }} onToggle={(key) => choose(toggled(keys, key))} />
        </section>
      </div>
    </Popover>
  );
}

interface ShownColumnProps {
  readonly column: Column;
  readonly keys: readonly string[];
  onChoose(keys: readonly string[]): void;
}

function ShownColumn({ column: { key, title }, keys, onChoose }: ShownColumnProps) {
  const place = keys.indexOf(key);
  // The name stays in front: it leads to the run.
  if (key === 'name') return <li className="h-runs-shown h-soft">{title}</li>;
  return (
    <li className="h-runs-shown">
      <span className="h-cut" title={title}>
        {title}
      </span>
      <IconButton
        label={`Move ${title} up`}
        icon={ArrowUp}
        aria-disabled={place <= 1}
        onClick={() => onChoose(moved(keys, key, -1))}
      />
      <IconButton
        label={`Move ${title} down`}
        icon={ArrowDown}
        aria-disabled={place === keys.length - 1}
        onClick={() => onChoose(moved(keys, key, 1))}
      />
      <IconButton label={`Take ${title} out`} icon={X} onClick={() => onChoose(toggled(keys, key))} />
    </li>
  );
}

interface OfferedProps {
  readonly offered: readonly Column[];
  readonly keys: readonly string[];
  readonly text: string;
  onToggle(key: string): void;
}

function Offered({ offered, keys, text, onToggle }: OfferedProps) {
  const groups = columnGroups(offered, text);
  if (groups.length === 0) return <p className="h-soft">No column is called so.</p>;
  return (
    <div className="h-runs-offered">
      {groups.map(({ title, columns }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          {columns.map((column) => (
            <Checkbox
              key={column.key}
              label={column.title}
              checked={keys.includes(column.key)}
              disabled={column.key === 'name' || (!keys.includes(column.key) && keys.length >= mostColumns)}
              onChange={() => onToggle(column.key)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

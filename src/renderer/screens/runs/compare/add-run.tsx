import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { type RunRow, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Popover } from '../../../components/overlays/popover.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { plural } from '../../../format/numbers.ts';
import { LeakyBadge } from '../leaky-badge.tsx';
import { most } from './comparing.ts';
import { nameFilter } from './name-filter.ts';

interface AddRunProps {
  readonly ids: readonly string[];
  onAdd(id: string): void;
}

/** Finds a run by a part of its name and puts it into the comparison. */
export function AddRun({ ids, onAdd }: AddRunProps) {
  return (
    <Popover
      wide
      align="end"
      label="Add a run"
      trigger={
        <Button
          icon={Plus}
          disabled={ids.length >= most}
          title={ids.length >= most ? `${most} are the most` : undefined}
        >
          Add run
        </Button>
      }
    >
      <Found ids={ids} onAdd={onAdd} />
    </Popover>
  );
}

const shown = 30;

function Found({ ids, onAdd }: AddRunProps) {
  const [text, setText] = useState('');
  const answer = useCall('runs/query', {
    filter: nameFilter(text),
    sort: { by: 'started', descending: true },
    columns: [],
    all: false,
    offset: 0,
    limit: shown,
  });
  return (
    <div className="h-compare-adding">
      <TextInput type="search" label="Name" placeholder="Part of the name" value={text} onChange={setText} />
      <Answer of={answer} rows={4}>
        {({ rows, total }) => (
          <>
            <ul>
              {rows.map((run) => (
                <li key={run.id}>
                  <FoundRun run={run} isIn={ids.includes(run.id)} onAdd={onAdd} />
                </li>
              ))}
            </ul>
            {total > rows.length ? (
              <p className="h-faint">{plural(total - rows.length, 'older run')} not shown</p>
            ) : null}
            {total === 0 ? <p className="h-soft">No run is called so.</p> : null}
          </>
        )}
      </Answer>
    </div>
  );
}

interface FoundRunProps {
  readonly run: RunRow;
  readonly isIn: boolean;
  onAdd(id: string): void;
}

function FoundRun({ run: { id, name, startedAt, leaky }, isIn, onAdd }: FoundRunProps) {
  const Icon = isIn ? Check : Plus;
  return (
    <button type="button" aria-disabled={isIn} onClick={() => onAdd(id)}>
      <Icon size={14} aria-hidden="true" />
      <span className="h-cut">{name}</span>
      {leaky ? <LeakyBadge /> : null}
      <span className="h-faint h-num">{isIn ? 'is compared' : formatDateTime(startedAt)}</span>
    </button>
  );
}

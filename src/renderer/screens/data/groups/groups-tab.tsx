import { Merge, Split as SplitIcon, Users } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useAction, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { VirtualTable } from '../../../components/table/virtual-table.tsx';
import { plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { useReader } from '../../../stores/prefs.ts';
import { groupColumns } from './group-columns.tsx';
import { GroupImages } from './group-images.tsx';
import { freshGroup, type Group, type ScanRow, scanRows } from './group-rows.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { regroup } from './regroup.ts';

/** Which scans belong to one patient, and the means to say otherwise. */
export function GroupsTab({ classes }: { readonly classes: readonly string[] }) {
  const answer = useCall(
    'dataset/groups',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'dataset' },
  );
  return (
    <Answer of={answer} rows={10} title="The patient groups could not be read">
      {({ groups }) => <Groups groups={groups} classes={classes} />}
    </Answer>
  );
}

const noScans: ReadonlySet<string> = new Set();

interface GroupsProps {
  readonly groups: readonly Group[];
  readonly classes: readonly string[];
}

function Groups({ groups, classes }: GroupsProps) {
  const [text, setText] = useState('');
  const [checked, setChecked] = useState(noScans);
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo(() => scanRows(groups, text), [groups, text]);
  const getRow = useCallback((index: number) => rows[index], [rows]);
  const columns = useMemo(() => groupColumns(classes), [classes]);
  return (
    <div className="h-data-groups">
      <GroupTools {...{ groups, text, setText, checked }} onDone={() => setChecked(noScans)} />
      <SplitPane
        id="data-groups"
        label="Width of the list"
        initial={60}
        minFirst={35}
        minSecond={20}
        first={
          <div className="h-framed">
            <VirtualTable<ScanRow>
              label="Scans by patient group"
              columns={columns}
              count={rows.length}
              getRow={getRow}
              rowKey={({ scan }) => scan}
              rowClass={({ isFirst }) => (isFirst ? 'h-data-first' : undefined)}
              selectedIndex={selected}
              onSelect={setSelected}
              checked={checked}
              onCheck={setChecked}
              empty={<EmptyState icon={Users} title="No scan fits" text="Write fewer words." />}
            />
          </div>
        }
        second={<GroupImages group={selected === null ? undefined : rows[selected]?.group} />}
      />
    </div>
  );
}

interface GroupToolsProps {
  readonly groups: readonly Group[];
  readonly text: string;
  setText(text: string): void;
  readonly checked: ReadonlySet<string>;
  onDone(): void;
}

function GroupTools({ groups, text, setText, checked, onDone }: GroupToolsProps) {
  const [merging, setMerging] = useState(false);
  const reader = useReader();
  const proposal = groups.find(({ scans }) => scans.some(({ scan }) => checked.has(scan)))?.group ?? '';
  const give = async (name: string): Promise<void> => {
    await regroup(groups, checked, name, reader);
    onDone();
  };
  const apart = useAction(() => give(freshGroup(groups, proposal)));
  const isIdle = checked.size === 0;
  useGroupKeys({ enabled: !isIdle, merge: () => setMerging(true), apart: () => void apart.run() });
  return (
    <>
      <Toolbar
        label="Patient groups"
        end={
          <>
            <span className="h-soft" role="status">
              {isIdle ? 'Mark scans with Space to regroup them.' : `${plural(checked.size, 'scan')} marked`}
            </span>
            <Button icon={Merge} keyHint="m" disabled={isIdle} onClick={() => setMerging(true)}>
              Put into one group…
            </Button>
            <Button icon={SplitIcon} keyHint="o" busy={apart.busy} disabled={isIdle} onClick={() => void apart.run()}>
              Into a group of their own
            </Button>
          </>
        }
      >
        <TextInput
          type="search"
          label="Find a group, scan or class"
          placeholder="Find a group, scan or class"
          value={text}
          onChange={setText}
        />
        <span className="h-soft h-num">{plural(groups.length, 'patient group')}</span>
      </Toolbar>
      {apart.error === undefined ? null : <ErrorNotice error={apart.error} compact />}
      {merging ? (
        <MergeDialog
          groups={groups}
          scans={checked}
          proposal={proposal}
          onClose={() => setMerging(false)}
          onGroup={give}
        />
      ) : null}
    </>
  );
}

interface GroupKeys {
  readonly enabled: boolean;
  merge(): void;
  apart(): void;
}

const group = 'Patient groups';

function useGroupKeys({ enabled, merge, apart }: GroupKeys): void {
  useKeys([
    { keys: 'm', title: 'Put marked scans into one group', group, enabled, run: merge },
    { keys: 'o', title: 'Marked scans into a group of their own', group, enabled, run: apart },
  ]);
}

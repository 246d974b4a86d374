import { History } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { VirtualTable } from '../../../components/table/virtual-table.tsx';
import { plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import type { Version } from './change-words.ts';
import { RemoteBar } from './remote-bar.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { versionColumns } from './version-columns.tsx';
import { VersionPanel } from './version-panel.tsx';
import './versions.css';

/** Every state that the dataset was in: what changed, who used it, and the way back. */
export function VersionsTab({ busy }: { readonly busy: boolean }) {
  const answer = useCall(
    'data/versions',
    {},
    { refreshOn: (push) => push.topic === 'changed' && ['dataset', 'runs', 'workspace'].includes(push.what) },
  );
  return (
    <Answer of={answer} rows={10} title="The versions could not be read">
      {({ versions, unrecorded }) => <Versions {...{ versions, unrecorded, busy }} />}
    </Answer>
  );
}

interface VersionsProps {
  readonly versions: readonly Version[];
  readonly unrecorded: boolean;
  readonly busy: boolean;
}

function Versions({ versions, unrecorded, busy }: VersionsProps) {
  const [selected, setSelected] = useState(0);
  const [restoring, setRestoring] = useState(false);
  const index = Math.min(selected, Math.max(0, versions.length - 1));
  const version = versions[index];
  const getRow = useCallback((row: number) => versions[row], [versions]);
  const canRestore = version !== undefined && !version.isCurrent && version.inCache && !busy;
  useKeys([
    {
      ...{ keys: 'r', title: 'Restore the chosen version', group: 'Versions of the dataset' },
      enabled: canRestore,
      run: () => setRestoring(true),
    },
  ]);
  return (
    <div className="h-versions">
      <Toolbar label="Versions of the dataset" end={<RemoteBar busy={busy} />}>
        <span className="h-soft h-num">{plural(versions.length, 'version')}</span>
        {unrecorded ? <span className="h-soft">The dataset on the disk is none of them.</span> : null}
      </Toolbar>
      <SplitPane
        id="data-versions"
        label="Width of the list"
        initial={52}
        minFirst={30}
        minSecond={30}
        first={
          <div className="h-framed">
            <VirtualTable<Version>
              label="Versions of the dataset"
              columns={versionColumns}
              count={versions.length}
              getRow={getRow}
              rowKey={(row) => String(row.version)}
              selectedIndex={versions.length === 0 ? null : index}
              onSelect={setSelected}
              empty={<EmptyState icon={History} title="No version yet" text="Reading the dataset makes the first." />}
            />
          </div>
        }
        second={
          version === undefined ? (
            <EmptyState icon={History} title="No version is chosen" />
          ) : (
            <VersionPanel {...{ version, versions, canRestore }} onRestore={() => setRestoring(true)} />
          )
        }
      />
      {restoring && version !== undefined ? (
        <RestoreDialog version={version} onClose={() => setRestoring(false)} />
      ) : null}
    </div>
  );
}

import { FolderOpen, FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, useAction, useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { FolderPicker } from '../../components/files/folder-picker.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { useCommand } from '../../keys/use-command.ts';
import { reloadApp, useApp } from '../../stores/app.ts';
import { notify } from '../../stores/notices.ts';

/** The open workspace and others: a workspace is one study with its records, models and settings. */
export function Workspaces() {
  const { workspace, canSwitchWorkspace } = useApp();
  const recent = useCall(
    'workspace/recent',
    {},
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'workspace' },
  );
  const open = useAction(async (path: string) => {
    const { workspace: opened } = await call('workspace/open', { path });
    await reloadApp();
    notify({ text: `${opened.name} is open.`, kind: 'good' });
  });
  return (
    <Panel title="Workspace" subtitle="One study: its records, models and settings">
      <div className="h-settings-form">
        <div>
          <div className="h-settings-name">{workspace.name}</div>
          <div className="h-mono h-soft h-wrap">{workspace.root}</div>
        </div>
        {canSwitchWorkspace ? (
          <>
            <WorkspaceButtons onOpen={(path) => void open.run(path)} busy={open.busy} />
            {open.error === undefined ? null : <ErrorNotice error={open.error} />}
            <Answer of={recent} rows={2} title="Recent workspaces could not be read">
              {({ workspaces }) => (
                <Recent
                  workspaces={workspaces.filter(({ root }) => root !== workspace.root)}
                  onOpen={(path) => void open.run(path)}
                />
              )}
            </Answer>
          </>
        ) : (
          <p className="h-soft">Whoever started the server chose this workspace; it cannot be changed here.</p>
        )}
      </div>
    </Panel>
  );
}

function WorkspaceButtons({ onOpen, busy }: { onOpen(path: string): void; readonly busy: boolean }) {
  const [picking, setPicking] = useState<'open' | 'create'>();
  const create = useAction(async (path: string) => {
    const { workspace } = await call('workspace/create', { path });
    await reloadApp();
    notify({ text: `${workspace.name} was made and is open.`, kind: 'good' });
  });
  useCommand('open-workspace', () => setPicking('open'));
  return (
    <>
      <div className="h-settings-row">
        <Button icon={FolderOpen} busy={busy} onClick={() => setPicking('open')}>
          Open workspace…
        </Button>
        <Button icon={FolderPlus} busy={create.busy} onClick={() => setPicking('create')}>
          New workspace…
        </Button>
      </div>
      {create.error === undefined ? null : <ErrorNotice error={create.error} />}
      <FolderPicker
        open={picking !== undefined}
        onClose={() => setPicking(undefined)}
        onPick={(path) => (picking === 'create' ? void create.run(path) : onOpen(path))}
        purpose="workspace"
        title={picking === 'create' ? 'Choose the folder of the new workspace' : 'Open a workspace'}
      />
    </>
  );
}

interface RecentProps {
  readonly workspaces: Output<'workspace/recent'>['workspaces'];
  onOpen(path: string): void;
}

function Recent({ workspaces, onOpen }: RecentProps) {
  const forget = useAction(() => call('workspace/forget-recent', {}));
  if (workspaces.length === 0) return null;
  return (
    <div>
      <div className="h-settings-row h-settings-between">
        <h3>Recent</h3>
        <Button kind="quiet" busy={forget.busy} onClick={() => void forget.run()}>
          Clear recent
        </Button>
      </div>
      <ul className="h-settings-recent">
        {workspaces.map(({ root, name }) => (
          <li key={root}>
            <Button kind="quiet" onClick={() => onOpen(root)}>
              {name}
            </Button>
            <span className="h-mono h-faint h-cut" title={root}>
              {root}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { call, type Input, useCall } from '../../api.ts';
import { useApp } from '../../stores/app.ts';
import { notifyError } from '../../stores/notices.ts';
import { Button } from '../controls/button.tsx';
import { Dialog } from '../overlays/dialog.tsx';
import { FolderList } from './folder-list.tsx';

interface FolderPickerProps {
  readonly open: boolean;
  onClose(): void;
  onPick(path: string): void;
  readonly purpose: Input<'folders/pick'>['purpose'];
  readonly title?: string;
}

const titles = {
  scans: 'Choose a folder of scans',
  dataset: 'Choose a dataset folder',
  model: 'Choose the folder of a sealed model',
  workspace: 'Choose a workspace folder',
  bundle: 'Choose the folder that holds the bundle',
} as const;

/** The system's own dialog where there is one, else a list of the folders that may be read. */
export function FolderPicker(props: FolderPickerProps) {
  const { canPickFolders } = useApp();
  if (!props.open) return null;
  return canPickFolders ? <SystemPicker {...props} /> : <ListPicker {...props} />;
}

function SystemPicker({ onClose, onPick, purpose }: FolderPickerProps) {
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void call('folders/pick', { purpose })
      .then(({ path }) => (path === null ? undefined : onPick(path)), notifyError)
      .finally(onClose);
  });
  return null;
}

function ListPicker({ onClose, onPick, purpose, title }: FolderPickerProps) {
  const [entered, setEntered] = useState<string | null | undefined>(undefined);
  const roots = useCall('folders/list', { path: null }).value?.entries;
  // Where there is only one folder to begin with, it is open already.
  const only = roots?.length === 1 ? (roots[0]?.path ?? null) : null;
  const path = entered === undefined ? only : entered;
  const pick = (): void => {
    if (path === null) return;
    onClose();
    onPick(path);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title ?? titles[purpose]}
      footer={
        <>
          <span className="h-folder-chosen h-mono" title={path ?? undefined}>
            {path ?? 'No folder chosen yet'}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={path === null} onClick={pick}>
            Use this folder
          </Button>
        </>
      }
    >
      <FolderList path={path} onPath={setEntered} />
    </Dialog>
  );
}

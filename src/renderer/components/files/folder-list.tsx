import { ArrowUp, Box, File, Folder } from 'lucide-react';
import { type Output, useCall } from '../../api.ts';
import { Answer } from '../feedback/answer.tsx';
import './files.css';

interface FolderListProps {
  /** null: the folders that reading begins with. */
  readonly path: string | null;
  onPath(path: string | null): void;
}

type Listing = Output<'folders/list'>;
type Entry = Listing['entries'][number];

const icons = { folder: Folder, file: File, workspace: Box } as const;

/** What lies in a folder; folders lead on. */
export function FolderList({ path, onPath }: FolderListProps) {
  const listing = useCall('folders/list', { path });
  return (
    <div className="h-folders">
      <Answer of={listing} rows={8} title="This folder cannot be listed">
        {(value) => <Entries listing={value} onPath={onPath} />}
      </Answer>
    </div>
  );
}

function Entries({
  listing: { path, parent, entries, cut },
  onPath,
}: { readonly listing: Listing } & Pick<FolderListProps, 'onPath'>) {
  return (
    <ul className="h-folder-list" aria-label="Folders">
      {path === null ? null : (
        <li>
          <button type="button" className="h-folder-entry" onClick={() => onPath(parent)}>
            <ArrowUp size={15} aria-hidden="true" />
            <span>{parent === null ? 'All folders' : 'Folder above'}</span>
          </button>
        </li>
      )}
      {entries.map((entry) => (
        <li key={entry.path}>
          <EntryLine entry={entry} onPath={onPath} />
        </li>
      ))}
      {entries.length === 0 ? <li className="h-folder-note">Nothing is in this folder.</li> : null}
      {cut ? <li className="h-folder-note">There are more entries than are listed here.</li> : null}
    </ul>
  );
}

function EntryLine({ entry, onPath }: { readonly entry: Entry } & Pick<FolderListProps, 'onPath'>) {
  const Icon = icons[entry.kind];
  const content = (
    <>
      <Icon size={15} aria-hidden="true" />
      <span className="h-cut">{entry.name}</span>
      {entry.kind === 'workspace' ? <span className="h-faint">workspace</span> : null}
    </>
  );
  if (entry.kind === 'file') return <div className="h-folder-entry h-folder-file">{content}</div>;
  return (
    <button type="button" className="h-folder-entry" onClick={() => onPath(entry.path)}>
      {content}
    </button>
  );
}

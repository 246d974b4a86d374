import type { Run } from '../../../api.ts';
import { Panel } from '../../../components/layout/panel.tsx';
import { NotesEditor } from './notes-editor.tsx';
import { TagEditor } from './tag-editor.tsx';

/** What people say of the run. */
export function NotesPanel({ run }: { readonly run: Run }) {
  return (
    <Panel title="Notes and tags">
      <div className="h-run-said">
        <TagEditor run={run} />
        <NotesEditor run={run} />
      </div>
    </Panel>
  );
}

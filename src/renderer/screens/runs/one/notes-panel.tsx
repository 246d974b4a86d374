import { call, type Run } from '../../../api.ts';
import { Panel } from '../../../components/layout/panel.tsx';
import { TagEditor } from '../../../components/tags/tag-editor.tsx';
import { useKnownTags } from '../deeds/tag-dialog.tsx';
import { NotesEditor } from './notes-editor.tsx';

/** What people say of the run. */
export function NotesPanel({ run }: { readonly run: Run }) {
  const known = useKnownTags();
  return (
    <Panel title="Notes and tags">
      <div className="h-run-said">
        <TagEditor tags={run.tags} known={known} onEdit={(edit) => call('runs/annotate', { run: run.id, ...edit })} />
        <NotesEditor run={run} />
      </div>
    </Panel>
  );
}

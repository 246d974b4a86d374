import { useState } from 'react';
import { call, type Run, toApiError, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { TextArea } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { useKeptDraft } from './kept-drafts.ts';

/** Notes of a run. What somebody else wrote meanwhile is never overwritten unseen: both texts are shown. */
export function NotesEditor({ run: { id, notes: known } }: { readonly run: Run }) {
  const { draft, edit, drop } = useKeptDraft(id);
  const [theirs, setTheirs] = useState<string | null>(null);
  const [saved, setSaved] = useState<{ readonly over: string; readonly text: string }>();
  // What was saved is shown before the run is read again.
  const notes = saved?.over === known ? saved.text : known;
  const text = draft?.text ?? notes;
  const save = useAction(async (before: string) => {
    try {
      await call('runs/annotate', { run: id, notes: { before, after: text } });
      setSaved({ over: known, text });
      drop();
      setTheirs(null);
    } catch (error) {
      if (toApiError(error).code !== 'run/changed') throw error;
      setTheirs((await call('runs/get', { run: id })).run.notes);
    }
  });
  const before = draft?.before ?? notes;
  const isChanged = draft !== undefined && draft.text !== notes;
  const give = (): void => {
    drop();
    setTheirs(null);
  };
  return (
    <div className="h-run-notes">
      <TextArea
        label="Notes"
        placeholder="What was tried, what was seen"
        rows={5}
        maxLength={20_000}
        value={text}
        onChange={(next) => edit({ before, text: next })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isChanged || theirs !== null) return;
          event.preventDefault();
          void save.run(before);
        }}
      />
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
      {theirs === null ? null : (
        <Conflict theirs={theirs} onTheirs={give} onMine={() => void save.run(theirs)} busy={save.busy} />
      )}
      {isChanged && theirs === null ? (
        <div className="h-run-saving">
          <Button kind="primary" keyHint="$mod+Enter" busy={save.busy} onClick={() => void save.run(before)}>
            Save notes
          </Button>
          <Button kind="quiet" onClick={give}>
            Discard
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ConflictProps {
  readonly theirs: string;
  readonly busy: boolean;
  onMine(): void;
  onTheirs(): void;
}

function Conflict({ theirs, busy, onMine, onTheirs }: ConflictProps) {
  return (
    <div className="h-run-conflict" role="alert">
      <p>
        <strong>Somebody else changed these notes while you wrote.</strong> Yours stand above; theirs are:
      </p>
      <pre>{theirs === '' ? '(empty)' : theirs}</pre>
      <div className="h-run-saving">
        <Button kind="primary" busy={busy} onClick={onMine}>
          Save mine instead
        </Button>
        <Button onClick={onTheirs}>Keep theirs</Button>
      </div>
    </div>
  );
}

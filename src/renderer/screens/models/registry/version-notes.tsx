import { useState } from 'react';
import { call, useAction } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { TextArea } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';

/** The note of a version; what somebody else wrote meanwhile is never overwritten unseen. */
export function VersionNotes({ model, notes }: { readonly model: string; readonly notes: string }) {
  const [draft, setDraft] = useState<{ readonly before: string; readonly text: string } | null>(null);
  const text = draft?.text ?? notes;
  const isChanged = draft !== null && draft.text !== notes;
  const save = useAction(async () => {
    if (draft === null) return;
    await call('registry/annotate', { model, notes: { before: draft.before, after: draft.text } });
    setDraft(null);
  });
  return (
    <div className="h-registry-notes">
      <TextArea
        label="Notes"
        placeholder="What it is for, what was seen"
        rows={3}
        maxLength={20_000}
        value={text}
        onChange={(next) => setDraft({ before: draft?.before ?? notes, text: next })}
      />
      {save.error === undefined ? null : <ErrorNotice error={save.error} compact />}
      {isChanged ? (
        <div className="h-registry-deeds">
          <Button kind="primary" busy={save.busy} onClick={() => void save.run()}>
            Save notes
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              setDraft(null);
              save.clear();
            }}
          >
            Discard
          </Button>
        </div>
      ) : null}
    </div>
  );
}

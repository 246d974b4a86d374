import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { call, type Run, useAction } from '../../../api.ts';
import { IconButton } from '../../../components/controls/button.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { useKnownTags } from '../deeds/tag-dialog.tsx';

/** The tags of one run, each to be taken off, and a line for another. */
export function TagEditor({ run: { id, tags } }: { readonly run: Run }) {
  const listId = useId();
  const [text, setText] = useState('');
  const known = useKnownTags();
  const change = useAction(async (edit: { addTags?: string[]; removeTags?: string[] }) => {
    await call('runs/annotate', { run: id, ...edit });
    setText('');
  });
  const add = (): void => {
    const tag = text.trim();
    if (tag !== '') void change.run({ addTags: [tag] });
  };
  return (
    <div className="h-run-tags">
      {tags.map((tag) => (
        <span key={tag} className="h-runs-tag">
          <span className="h-cut">{tag}</span>
          <button
            type="button"
            aria-label={`Take the tag ${tag} off`}
            onClick={() => void change.run({ removeTags: [tag] })}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      <span className="h-run-new-tag">
        <TextInput
          label="Add a tag"
          placeholder="Add a tag"
          maxLength={60}
          list={listId}
          value={text}
          onChange={setText}
          onEnter={add}
        />
        <datalist id={listId}>
          {known
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
        <IconButton label="Add this tag" icon={Plus} busy={change.busy} disabled={text.trim() === ''} onClick={add} />
      </span>
      {change.error === undefined ? null : <ErrorNotice error={change.error} compact />}
    </div>
  );
}

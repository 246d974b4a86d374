import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useAction } from '../../api.ts';
import { IconButton } from '../controls/button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { ErrorNotice } from '../feedback/error-notice.tsx';
import './tag-editor.css';

export interface TagEdit {
  readonly addTags?: string[];
  readonly removeTags?: string[];
}

interface TagEditorProps {
  readonly tags: readonly string[];
  /** Tags that others have: offered while somebody types. */
  readonly known?: readonly string[];
  readonly onEdit: (edit: TagEdit) => Promise<unknown>;
}

/** Tags, each to be taken off, and a line for another. */
export function TagEditor({ tags, known = [], onEdit }: TagEditorProps) {
  const listId = useId();
  const [text, setText] = useState('');
  const change = useAction(async (edit: TagEdit) => {
    await onEdit(edit);
    setText('');
  });
  const add = (): void => {
    const tag = text.trim();
    if (tag !== '') void change.run({ addTags: [tag] });
  };
  return (
    <div className="h-tags">
      {tags.map((tag) => (
        <span key={tag} className="h-tag">
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
      <span className="h-tags-new">
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

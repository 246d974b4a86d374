import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { call, type Model, useAction } from '../../../api.ts';
import { IconButton } from '../../../components/controls/button.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';

/** The tags of a version, each to be taken off, and a line for another. */
export function TagLine({ model: { id, tags } }: { readonly model: Model }) {
  const [text, setText] = useState('');
  const change = useAction(async (edit: { addTags?: string[]; removeTags?: string[] }) => {
    await call('registry/annotate', { model: id, ...edit });
    setText('');
  });
  const add = (): void => {
    const tag = text.trim();
    if (tag !== '') void change.run({ addTags: [tag] });
  };
  return (
    <div className="h-registry-tags">
      {tags.map((tag) => (
        <span key={tag} className="h-registry-tag">
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
      <span className="h-registry-new-tag">
        <TextInput
          label="Add a tag"
          placeholder="Add a tag"
          maxLength={60}
          value={text}
          onChange={setText}
          onEnter={add}
        />
        <IconButton label="Add this tag" icon={Plus} busy={change.busy} disabled={text.trim() === ''} onClick={add} />
      </span>
      {change.error === undefined ? null : <ErrorNotice error={change.error} compact />}
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { classes } from '../../../components/class-names.ts';
import type { Completion } from './suggestion.ts';

interface SuggestionListProps {
  readonly id: string;
  readonly completion: Completion;
  readonly marked: number | null;
  /** Pixels by which the text of the line has moved to the left. */
  readonly scrolled: number;
  onTake(index: number): void;
}

export function suggestionId(id: string, index: number): string {
  return `${id}suggestion${index}`;
}

/** Below the word that it completes. The line keeps the focus. */
export function SuggestionList({ id, completion, marked, scrolled, onTake }: SuggestionListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[marked ?? 0]?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  return (
    <div
      ref={list}
      id={`${id}list`}
      className="h-runs-suggestions"
      role="listbox"
      aria-label="What may be written here"
      style={{ '--at': completion.from, '--scrolled': `${scrolled}px` }}
    >
      {completion.suggestions.map(({ text, help }, index) => (
        <div
          key={text}
          id={suggestionId(id, index)}
          className={classes('h-runs-suggestion', index === marked && 'h-runs-suggestion-marked')}
          role="option"
          aria-selected={index === marked}
          tabIndex={-1}
          // Not on click: the line would lose the focus, and with it the list would go.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
        >
          <span className="h-mono">{text}</span>
          <span className="h-faint h-cut">{help}</span>
        </div>
      ))}
    </div>
  );
}

import { X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { IconButton } from '../../../components/controls/button.tsx';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { FilterFault } from './filter-fault.tsx';
import { SuggestionList, suggestionId } from './suggestion-list.tsx';
import { useFilterText } from './use-filter-text.ts';
import type { Fault } from './use-run-rows.ts';
import { useSuggestions } from './use-suggestions.ts';

interface FilterLineProps {
  readonly filter: string;
  /** `replace`: the word before was still being typed. */
  onFilter(filter: string, replace: boolean): void;
  readonly fault: Fault | undefined;
  /** Below the line while there is no fault. */
  readonly count: string;
  /** Escape: back to the table. */
  onLeave(): void;
}

/** The filter of the table of runs, with what may be written next. */
export function FilterLine({ filter, onFilter, fault, count, onLeave }: FilterLineProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const text = useFilterText(filter, onFilter);
  const suggestions = useSuggestions(input, text, onLeave);
  const { open, completion, marked } = suggestions;
  const focus = (): void => input.current?.select();
  useCommand('find', focus);
  useKeys([
    { keys: '/', title: 'Filter runs', group: 'Runs', run: focus },
    { keys: '$mod+f', title: 'Filter runs', group: 'Runs', run: focus },
  ]);
  // What a fault is about must be in sight; while it is still being typed it is not.
  const shownFault = open && fault !== undefined && fault.at >= text.typed.trimEnd().length ? undefined : fault;
  return (
    <search className="h-runs-filter">
      <div className="h-runs-filter-box">
        <TextInput
          ref={input}
          type="search"
          label="Filter runs"
          placeholder="scan/balanced_accuracy > 0.6 and not leaky"
          maxLength={2000}
          spellCheck={false}
          value={text.typed}
          onChange={suggestions.type}
          onSelect={suggestions.place}
          onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
          onKeyDown={suggestions.press}
          onBlur={suggestions.close}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={open && marked !== null ? suggestionId(id, marked) : undefined}
          aria-invalid={shownFault !== undefined}
          aria-describedby={`${id}below`}
        />
        {text.typed === '' ? null : (
          <IconButton
            label="Clear the filter"
            icon={X}
            onClick={() => {
              text.setTyped('');
              input.current?.focus();
            }}
          />
        )}
        {open && completion !== undefined ? (
          <SuggestionList {...{ id, completion, marked, scrolled }} onTake={suggestions.take} />
        ) : null}
      </div>
      <div id={`${id}below`} className="h-runs-filter-below" aria-live="polite">
        {shownFault === undefined ? <span className="h-soft">{count}</span> : <FilterFault fault={shownFault} />}
      </div>
    </search>
  );
}

import { type KeyboardEvent, type RefObject, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import { firstMarked, markedAfter, withSuggestion } from './suggestion.ts';
import { useCompletion } from './use-completion.ts';
import type { FilterText } from './use-filter-text.ts';

/**
 * The list below the filter line: when it is there, which entry is marked, and what keys do.
 * @param onLeave Escape where no list is open
 */
export function useSuggestions(
  input: RefObject<HTMLInputElement | null>,
  { typed, setTyped }: FilterText,
  onLeave: () => void,
) {
  const [caret, setCaret] = useState(typed.length);
  /** The text that the list was asked for; one that comes from elsewhere asks for none. */
  const [wantedFor, setWantedFor] = useState<string | null>(null);
  /** undefined: nobody moved yet. */
  const [chosen, setChosen] = useState<number | null>();
  const putCaret = useCaretAfterRender(input);
  const wanted = wantedFor === typed;
  const completion = useCompletion(typed, caret, wanted);
  const count = completion?.suggestions.length ?? 0;
  const open = wanted && count > 0;
  const isCurrent = completion?.filter === typed && completion.at === caret;
  const marked =
    completion === undefined ? null : (chosen ?? firstMarked(completion.filter, completion.at, completion));

  const close = (): void => {
    setWantedFor(null);
    setChosen(undefined);
  };
  const take = (index: number | null): boolean => {
    const taken = completion?.suggestions[index ?? 0];
    if (completion === undefined || taken === undefined || !isCurrent) return false;
    const next = withSuggestion(typed, completion, taken.text);
    setTyped(next.filter);
    setWantedFor(next.filter);
    setCaret(next.caret);
    setChosen(undefined);
    putCaret(next.caret);
    return true;
  };
  const type = (text: string): void => {
    setTyped(text);
    setCaret(input.current?.selectionStart ?? text.length);
    setChosen(undefined);
    setWantedFor(text);
  };
  const place = (event: SyntheticEvent<HTMLInputElement>): void =>
    setCaret(event.currentTarget.selectionStart ?? typed.length);
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key, ctrlKey, altKey, shiftKey, nativeEvent } = event;
    if (nativeEvent.isComposing || altKey || shiftKey) return;
    const deed = open ? openDeed(key, marked) : closedDeed(key, ctrlKey);
    if (deed === null) return;
    if (deed === 'take' && !take(marked)) return;
    if (deed === 'next' || deed === 'previous') setChosen(markedAfter(marked, deed === 'next' ? 1 : -1, count));
    if (deed === 'open') setWantedFor(typed);
    if (deed === 'close') close();
    if (deed === 'leave') onLeave();
    event.preventDefault();
  };
  return { open, completion, marked, close, take, type, place, press };
}

/** A caret can only be put into a text once that stands in the line. */
function useCaretAfterRender(input: RefObject<HTMLInputElement | null>): (place: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) input.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (place) => {
    wanted.current = place;
  };
}

type Deed = 'next' | 'previous' | 'take' | 'open' | 'close' | 'leave';

function openDeed(key: string, marked: number | null): Deed | null {
  if (key === 'ArrowDown') return 'next';
  if (key === 'ArrowUp') return 'previous';
  if (key === 'Tab') return 'take';
  // Enter takes what is marked; where nothing is, the filter stands as it was written.
  if (key === 'Enter') return marked === null ? 'close' : 'take';
  return key === 'Escape' ? 'close' : null;
}

function closedDeed(key: string, withControl: boolean): Deed | null {
  if (key === 'Escape') return 'leave';
  return key === 'ArrowDown' || (key === ' ' && withControl) ? 'open' : null;
}

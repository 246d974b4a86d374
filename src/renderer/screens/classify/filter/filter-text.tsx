import { useEffect, useRef, useState } from 'react';
import { TextInput } from '../../../components/controls/text-input.tsx';
import { useCommand } from '../../../keys/use-command.ts';
import { useKeys } from '../../../keys/use-keys.ts';

interface FilterTextProps {
  readonly text: string | undefined;
  /** `replace`: the word before was still being typed. */
  onText(text: string | undefined, replace: boolean): void;
}

const typingMs = 200;

/** Filter by a part of the file name or the scan. */
export function FilterText({ text, onText }: FilterTextProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text ?? '');
  const sent = useRef(text ?? '');
  useEffect(() => {
    if ((text ?? '') === sent.current) return;
    sent.current = text ?? '';
    setTyped(text ?? '');
  }, [text]);
  const newest = useRef(onText);
  useEffect(() => {
    newest.current = onText;
  });
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = window.setTimeout(() => {
      const replace = sent.current !== '' && typed !== '';
      sent.current = typed;
      newest.current(typed === '' ? undefined : typed, replace);
    }, typingMs);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const focus = (): void => input.current?.select();
  useCommand('find', focus);
  useKeys([{ keys: '$mod+f', title: 'Find in file or scan', group: 'Table', run: focus }]);
  return (
    <TextInput
      ref={input}
      type="search"
      label="Find in file or scan"
      placeholder="File or scan"
      maxLength={200}
      spellCheck={false}
      value={typed}
      onChange={setTyped}
    />
  );
}

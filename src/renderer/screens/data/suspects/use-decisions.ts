import { useRef } from 'react';
import { call, useAction } from '../../../api.ts';
import { notify } from '../../../stores/notices.ts';
import { useReader } from '../../../stores/prefs.ts';
import type { SuspectRow } from './suspect-columns.tsx';

/** What was decided of an image, and how it is taken back. */
interface Decision {
  readonly index: number;
  takeBack(): Promise<unknown>;
}

interface Decisions {
  readonly busy: boolean;
  readonly error: unknown;
  relabel(row: SuspectRow, index: number, to: string): void;
  keep(row: SuspectRow, index: number): void;
  undo(): void;
}

/**
 * Decisions on doubted labels: each is with the core before the next image comes. Undo goes back one by one.
 * @param onDone the row that was settled; @param onUndone the row to return to
 */
export function useDecisions(onDone: (index: number) => void, onUndone: (index: number) => void): Decisions {
  const reader = useReader();
  const made = useRef<Decision[]>([]);
  const decide = useAction(async (index: number, act: () => Promise<unknown>, takeBack: () => Promise<unknown>) => {
    await act();
    made.current.push({ index, takeBack });
    onDone(index);
  });
  const undo = useAction(async () => {
    const last = made.current.pop();
    if (last === undefined) {
      notify({ text: 'Nothing to undo here.' });
      return;
    }
    await last.takeBack();
    onUndone(last.index);
  });
  const relabelTo = (image: string, name: string) => () =>
    call('dataset/relabel', { images: [image], class: name, reader });
  const keepAs = (image: string, name: string, kept: boolean) => () =>
    call('suspects/keep', { image, class: name, kept, reader });
  return {
    busy: decide.busy || undo.busy,
    error: decide.error ?? undo.error,
    relabel: ({ image, classNow }, index, to) => {
      if (classNow === null || classNow === to) return;
      void decide.run(index, relabelTo(image, to), relabelTo(image, classNow));
    },
    keep: ({ image, classNow }, index) => {
      if (classNow === null) return;
      void decide.run(index, keepAs(image, classNow, true), keepAs(image, classNow, false));
    },
    undo: () => void undo.run(),
  };
}

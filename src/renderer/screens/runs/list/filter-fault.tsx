import type { Fault } from './use-run-rows.ts';

/** Columns from which on the words stand before the caret, so that they do not run out of the line. */
const lateColumn = 48;

/** A caret below the place, and what was expected there. */
export function FilterFault({ fault: { at, expected } }: { readonly fault: Fault }) {
  const words = <span className="h-runs-fault-words">Expected {expected}</span>;
  return (
    <span className="h-runs-fault" style={{ '--at': at }}>
      {at > lateColumn ? words : null}
      <span aria-hidden="true">^</span>
      <span className="h-sr">at character {at + 1}: </span>
      {at > lateColumn ? null : words}
    </span>
  );
}

import { type KeyboardEvent, useRef, useState } from 'react';
import { formatCount, formatPercent } from '../../format/numbers.ts';
import { classes } from '../class-names.ts';
import { ClassChip } from './class-chip.tsx';
import { type Confusion, type ConfusionCell, confusionCells, shareDifferences } from './confusion.ts';
import './confusion-matrix.css';

export type { Confusion } from './confusion.ts';

interface ConfusionMatrixProps {
  readonly confusion: Confusion;
  /** Name of the table. */
  readonly label: string;
  /** What is counted. */
  readonly unit: 'images' | 'scans';
  /** Given: shares are shown as differences to this one's. */
  readonly base?: Confusion;
  /** Given: cells are buttons that show what is in them. */
  onCell?(truth: string, answered: string): void;
}

/** Truth by row, answer by column: count and share of the row, shaded by the share. Arrow keys move between the cells. */
export function ConfusionMatrix({ confusion, label, unit, base, onCell }: ConfusionMatrixProps) {
  const frame = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState('0 0');
  const { labels } = confusion;
  const differences = base === undefined ? null : shareDifferences(confusion, base);
  const move = (event: KeyboardEvent): void => {
    const next = movedTo(event.key, current, labels.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    frame.current?.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
  };
  return (
    <table ref={frame} className="h-confusion" aria-label={label}>
      <Head labels={labels} unit={unit} />
      <tbody onKeyDown={onCell === undefined ? undefined : move}>
        {confusionCells(confusion).map((row, at) => (
          <tr key={labels[at]}>
            <th scope="row">
              <ClassChip name={labels[at] ?? ''} index={at} />
            </th>
            {row.map((cell, column) => (
              <Cell
                key={cell.answered}
                {...{ cell, onCell }}
                place={`${at} ${column}`}
                isCurrent={current === `${at} ${column}`}
                onFocus={setCurrent}
                difference={differences === null ? undefined : (differences[at]?.[column] ?? null)}
              />
            ))}
            <td className="h-confusion-total">{formatCount(row[0]?.total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ labels, unit }: { readonly labels: readonly string[]; readonly unit: string }) {
  return (
    <thead>
      <tr>
        <th className="h-confusion-corner" scope="col">
          Truth
        </th>
        {labels.map((label, index) => (
          <th key={label} scope="col" title={`Answered ${label}`}>
            <ClassChip name={label} index={index} />
          </th>
        ))}
        <th className="h-confusion-total" scope="col" title={`All ${unit} of this truth`}>
          All
        </th>
      </tr>
    </thead>
  );
}

interface CellProps {
  readonly cell: ConfusionCell;
  /** Row and column. */
  readonly place: string;
  readonly isCurrent: boolean;
  onFocus(place: string): void;
  /** undefined: none is shown; null: it has none. */
  readonly difference: number | null | undefined;
  readonly onCell: ((truth: string, answered: string) => void) | undefined;
}

function Cell({ cell, place, isCurrent, onFocus, difference, onCell }: CellProps) {
  const { truth, answered, count, total } = cell;
  const content = (
    <>
      <span className="h-confusion-count">{formatCount(count)}</span>
      <span className="h-confusion-share">
        {difference === undefined ? formatPercent(cell.share) : pointsText(difference)}
      </span>
    </>
  );
  return (
    <td
      className={classes('h-confusion-cell', lookOf(cell, difference))}
      style={{ '--share': shadeOf(cell, difference) }}
    >
      {onCell === undefined ? (
        content
      ) : (
        <button
          type="button"
          data-cell={place}
          tabIndex={isCurrent ? 0 : -1}
          aria-label={`truth ${truth}, answered ${answered}: ${formatCount(count)} of ${formatCount(total)}`}
          aria-disabled={count === 0}
          onFocus={() => onFocus(place)}
          onClick={() => {
            if (count > 0) onCell(truth, answered);
          }}
        >
          {content}
        </button>
      )}
    </td>
  );
}

/** `+4.2 pp`: percentage points. */
function pointsText(difference: number | null): string {
  if (difference === null) return '–';
  const points = (Math.abs(difference) * 100).toFixed(1);
  if (Number(points) === 0) return '0.0 pp';
  return `${difference > 0 ? '+' : '−'}${points} pp`;
}

/** Right answers and errors differ in colour; more of the one is as good as less of the other. */
function lookOf({ isRight, count }: ConfusionCell, difference: number | null | undefined): string {
  if (difference === undefined)
    return isRight ? 'h-confusion-right' : classes('h-confusion-wrong', count === 0 && 'h-confusion-none');
  return (difference ?? 0) > 0 === isRight ? 'h-confusion-right' : 'h-confusion-wrong';
}

/** 0..1: how strongly the cell is shaded. */
function shadeOf({ share }: ConfusionCell, difference: number | null | undefined): number {
  if (difference === undefined) return share ?? 0;
  return Math.min(1, Math.abs(difference ?? 0) * 3);
}

const steps: ReadonlyMap<string, readonly [row: number, column: number]> = new Map([
  ['ArrowUp', [-1, 0]],
  ['ArrowDown', [1, 0]],
  ['ArrowLeft', [0, -1]],
  ['ArrowRight', [0, 1]],
]);

function movedTo(key: string, place: string, count: number): string | undefined {
  const step = steps.get(key);
  if (step === undefined) return undefined;
  const [row = 0, column = 0] = place.split(' ').map(Number);
  const kept = (at: number): number => Math.min(count - 1, Math.max(0, at));
  return `${kept(row + step[0])} ${kept(column + step[1])}`;
}

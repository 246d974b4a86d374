import { Pin } from 'lucide-react';
import type { Cell, Column } from '../../../api.ts';
import { EstimateCell } from '../../../components/figures/estimate-cell.tsx';
import { OutcomeBadge } from '../../../components/figures/outcome-badge.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { formatDuration, formatFigure, formatParameter } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';
import { LeakyBadge } from '../leaky-badge.tsx';
import { TagList } from '../tag-list.tsx';
import { levelOf } from './column-choice.ts';
import type { ListedRun } from './use-run-rows.ts';

/** What stands in a column of the table for one run. */
export function RunCell({ run, column }: { readonly run: ListedRun; readonly column: Column }) {
  switch (column.key) {
    case 'name':
      return <NameCell run={run} />;
    case 'outcome':
      return <OutcomeBadge outcome={run.outcome} />;
    case 'tags':
      return <TagList tags={run.tags} />;
    case 'leaky':
      return run.leaky ? <LeakyBadge /> : <span className="h-faint">no</span>;
    default:
      return <ValueCell cell={run.cells.get(column.key) ?? null} column={column} />;
  }
}

const kindWords = {
  ingest: 'ingest',
  split: 'split',
  prepare: 'prepare',
  evaluate: 'evaluation',
  classify: 'classify',
  repro: 'whole study',
} as const;

function NameCell({ run: { id, name, kind, pinned, leaky } }: { readonly run: ListedRun }) {
  const kindWord = Object.entries(kindWords).find(([key]) => key === kind)?.[1];
  return (
    <span className="h-runs-name">
      {pinned ? (
        <>
          <Pin size={13} aria-hidden="true" />
          <span className="h-sr">Pinned</span>
        </>
      ) : null}
      <a className="h-cut" href={href(pathOf('runs', [id]))} tabIndex={-1} title={name}>
        {name}
      </a>
      {kindWord === undefined ? null : <span className="h-faint">{kindWord}</span>}
      {leaky ? <LeakyBadge /> : null}
    </span>
  );
}

function ValueCell({ cell, column: { key, kind } }: { readonly cell: Cell; readonly column: Column }) {
  if (cell === null) return <span className="h-faint">–</span>;
  if (typeof cell === 'object') return <EstimateCell estimate={cell} max={scaleEnd(key)} />;
  if (typeof cell === 'number') return numberText(key, cell);
  if (kind === 'time') return formatDateTime(String(cell));
  const text = formatParameter(cell);
  return (
    <span className="h-cut" title={text}>
      {text}
    </span>
  );
}

function numberText(key: string, value: number): string {
  if (key === 'duration') return formatDuration(value * 1000);
  if (key.startsWith('params.') || Number.isInteger(value)) return formatParameter(value);
  return formatFigure(value, levelOf(key) === null ? 4 : 3);
}

/** Where the drawn scale ends: these may pass 1. */
function scaleEnd(key: string): number {
  return key.endsWith('/log_loss') ? 2 : 1;
}

import { CircleCheck } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Output } from '../../../../api.ts';
import { EmptyState } from '../../../../components/feedback/empty-state.tsx';
import { ClassChip } from '../../../../components/figures/class-chip.tsx';
import { type TableColumn, VirtualTable } from '../../../../components/table/virtual-table.tsx';
import { formatPercent } from '../../../../format/numbers.ts';
import type { DuelList } from './lists.ts';

export type DuelRow = Output<'duels/get'>['duel']['scan']['fixed']['rows'][number];

interface DuelCasesProps {
  readonly rows: readonly DuelRow[];
  readonly list: DuelList;
  readonly classes: readonly string[];
  readonly index: number;
  onSelect(index: number): void;
}

/** Cases that one of the two has right and the other wrong, the surest of the wrong answers first. */
export function DuelCases({ rows, list, classes, index, onSelect }: DuelCasesProps) {
  const columns = useMemo(() => columnsOf(classes), [classes]);
  const getRow = useCallback((at: number) => rows[at], [rows]);
  return (
    <div className="h-framed">
      <VirtualTable
        label={list === 'broken' ? 'Broken by B' : 'Fixed by B'}
        columns={columns}
        count={rows.length}
        getRow={getRow}
        rowKey={({ name }) => name}
        selectedIndex={rows.length === 0 ? null : Math.min(index, rows.length - 1)}
        onSelect={onSelect}
        onOpen={(at) => {
          onSelect(at);
          document.querySelector<HTMLElement>('.h-image-pane')?.focus();
        }}
        empty={<EmptyState icon={CircleCheck} title={list === 'broken' ? 'Nothing was broken' : 'Nothing was fixed'} />}
      />
    </div>
  );
}

function columnsOf(classes: readonly string[]): TableColumn<DuelRow>[] {
  const said = (name: string, probability: number) => (
    <span className="h-duel-said">
      <ClassChip name={name} index={classes.indexOf(name)} />
      <span className="h-num h-faint">{formatPercent(probability, 0)}</span>
    </span>
  );
  return [
    {
      key: 'name',
      title: 'Name',
      width: '1fr',
      minWidth: 110,
      cell: ({ name }) => (
        <span className="h-cut" title={name}>
          {name}
        </span>
      ),
    },
    {
      key: 'class',
      title: 'Class',
      width: 96,
      cell: ({ class: name }) => <ClassChip name={name} index={classes.indexOf(name)} />,
    },
    { key: 'a', title: 'A said', width: 132, cell: (row) => said(row.a, row.probability_a) },
    { key: 'b', title: 'B said', width: 132, cell: (row) => said(row.b, row.probability_b) },
  ];
}

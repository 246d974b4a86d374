import { suspectReasonTitles } from '../../../../pipeline/domain/suspects.ts';
import type { Output } from '../../../api.ts';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';

export type SuspectRow = Output<'suspects/get'>['rows'][number];

const states: Readonly<Record<SuspectRow['state'], string>> = {
  open: '',
  relabelled: 'relabelled',
  kept: 'kept',
  gone: 'gone',
};

export function suspectColumns(classes: readonly string[]): TableColumn<SuspectRow>[] {
  const chip = (name: string) => <ClassChip name={name} index={classes.indexOf(name)} />;
  return [
    { key: 'rank', title: '#', width: 52, align: 'end', cell: ({ rank }) => <span className="h-num">{rank}</span> },
    { key: 'class', title: 'Label', width: 104, cell: ({ class: name }) => chip(name) },
    { key: 'suggested', title: 'Suggested', width: 104, cell: ({ suggested }) => chip(suggested) },
    {
      key: 'score',
      title: 'Doubt',
      width: 64,
      align: 'end',
      headerHelp: 'Loss of held-out answers, in standard deviations above what is usual in its class',
      cell: ({ score }) => <span className="h-num">{score.toFixed(1)}</span>,
    },
    {
      key: 'reason',
      title: 'Why',
      width: '1fr',
      minWidth: 120,
      cell: ({ reason }) => (
        <span className="h-cut" title={suspectReasonTitles[reason]}>
          {suspectReasonTitles[reason]}
        </span>
      ),
    },
    { key: 'state', title: 'Settled', width: 84, cell: ({ state }) => <span className="h-soft">{states[state]}</span> },
  ];
}

import type { Row } from '../../../api.ts';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { ProbabilityBar } from '../../../components/figures/probability-bar.tsx';
import { StateBadge } from '../../../components/figures/state-badge.tsx';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';
import { formatPercent } from '../../../format/numbers.ts';
import { MiddleCut } from './middle-cut.tsx';
import { ReviewCell } from './review-cell.tsx';

interface RowLook {
  readonly classes: readonly string[];
  /** Scans are known, and more than one is shown. */
  readonly withScan: boolean;
  /** Little room: no bars, and the scan is left to the file's path. */
  readonly narrow: boolean;
}

/** Columns of the table of images. */
export function rowColumns({ classes, withScan, narrow }: RowLook): TableColumn<Row>[] {
  const file: TableColumn<Row> = {
    key: 'file',
    title: 'File',
    width: '3fr',
    minWidth: 120,
    sortable: true,
    cell: ({ image }) => <MiddleCut text={image} />,
  };
  const scan: TableColumn<Row> = {
    key: 'scan',
    title: 'Scan',
    width: '1.4fr',
    minWidth: 84,
    sortable: true,
    cell: (row) => <MiddleCut text={row.scan} />,
  };
  return [file, ...(withScan && !narrow ? [scan] : []), ...answerColumns(classes, narrow)];
}

function answerColumns(classes: readonly string[], narrow: boolean): TableColumn<Row>[] {
  return [
    {
      key: 'class',
      title: 'Answer',
      width: narrow ? 84 : 92,
      sortable: true,
      cell: ({ class: answer }) =>
        answer === null ? null : <ClassChip name={answer} index={classes.indexOf(answer)} />,
    },
    {
      key: 'probability',
      title: narrow ? 'Prob.' : 'Probability',
      width: narrow ? 66 : 108,
      align: 'end',
      sortable: true,
      sortFirst: 'descending',
      headerHelp: 'Calibrated probability of the answer',
      cell: ({ probability }) => {
        if (probability === null) return null;
        return narrow ? formatPercent(probability) : <ProbabilityBar value={probability} width={36} />;
      },
    },
    {
      key: 'state',
      title: 'State',
      width: narrow ? 90 : 94,
      sortable: true,
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      key: 'review',
      title: 'Reading',
      width: narrow ? 96 : 146,
      sortable: true,
      sortFirst: 'descending',
      cell: ({ review }) => <ReviewCell review={review} classes={classes} />,
    },
  ];
}

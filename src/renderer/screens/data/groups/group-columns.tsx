import { ClassChip } from '../../../components/figures/class-chip.tsx';
import type { TableColumn } from '../../../components/table/virtual-table.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import { CutText } from '../cut-text.tsx';
import type { ScanRow } from './group-rows.ts';

/** A group is named at its first scan; the others stand below it. */
export function groupColumns(classes: readonly string[]): readonly TableColumn<ScanRow>[] {
  return [
    {
      key: 'group',
      title: 'Patient group',
      width: '3fr',
      minWidth: 140,
      cell: ({ group, isFirst, scansOfGroup }) =>
        isFirst ? (
          <span className="h-data-group">
            <strong className="h-cut" title={group}>
              {group}
            </strong>
            <span className="h-faint">{plural(scansOfGroup, 'scan')}</span>
          </span>
        ) : (
          <span className="h-sr">{group}</span>
        ),
    },
    { key: 'scan', title: 'Scan', width: '3fr', minWidth: 120, cell: ({ scan }) => <CutText text={scan} /> },
    {
      key: 'class',
      title: 'Class',
      width: '2fr',
      minWidth: 90,
      cell: ({ class: name }) => <ClassChip name={name} index={classes.indexOf(name)} />,
    },
    { key: 'images', title: 'Images', width: 80, align: 'end', cell: ({ images }) => formatCount(images) },
  ];
}

import { TriangleAlert } from 'lucide-react';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { classColor } from '../../../format/palette.ts';
import { href, pathOf } from '../../../stores/route.ts';
import type { Counts, Summary } from '../types.ts';
import { classWarning } from './warnings.ts';

/** Images, scans and patient groups of each class; quiet words where a class has few. */
export function ClassTable({ summary }: { readonly summary: Summary }) {
  const classes = Object.entries(summary.classes);
  const most = Math.max(1, ...classes.map(([, { images }]) => images));
  return (
    <Panel title="Classes" subtitle="patient groups decide how far a figure can be trusted">
      <table className="h-data-table">
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Images</th>
            <th scope="col" aria-label="Share" className="h-data-share" />
            <th scope="col">Scans</th>
            <th scope="col">Patient groups</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(([name, counts], index) => (
            <Row key={name} {...{ name, index, counts, most }} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td>{formatCount(summary.images)}</td>
            <td />
            <td>{formatCount(summary.scans)}</td>
            <td>{formatCount(summary.groups)}</td>
          </tr>
        </tfoot>
      </table>
      <Warnings classes={classes} />
    </Panel>
  );
}

interface RowProps {
  readonly name: string;
  readonly index: number;
  readonly counts: Counts;
  /** Images of the largest class. */
  readonly most: number;
}

function Row({ name, index, counts: { images, scans, groups }, most }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <a className="h-data-quiet" href={href(pathOf('data', ['images'], { class: name }))}>
          <ClassChip name={name} index={index} />
        </a>
      </th>
      <td>{formatCount(images)}</td>
      <td className="h-data-share">
        <div className="h-data-thin" style={{ width: `${(100 * images) / most}%`, background: classColor(index) }} />
      </td>
      <td>{formatCount(scans)}</td>
      <td>{formatCount(groups)}</td>
    </tr>
  );
}

function Warnings({ classes }: { readonly classes: readonly (readonly [string, Counts])[] }) {
  const warnings = classes.flatMap(([name, counts]) => {
    const warning = classWarning(counts);
    return warning === undefined ? [] : [{ name, warning }];
  });
  if (warnings.length === 0) return null;
  return (
    <ul className="h-data-warnings">
      {warnings.map(({ name, warning }) => (
        <li key={name}>
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            <strong>{name}</strong>: {warning}
          </span>
        </li>
      ))}
    </ul>
  );
}

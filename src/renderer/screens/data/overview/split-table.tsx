import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import { classColor } from '../../../format/palette.ts';
import { href, pathOf } from '../../../stores/route.ts';
import type { Counts, Split } from '../types.ts';
import { partTitle } from './split-words.ts';

interface SplitTableProps {
  readonly split: Split;
  readonly classes: readonly string[];
}

const nothing: Counts = { images: 0, scans: 0, groups: 0 };

/** Parts down, classes across; each bar is the share of the class that stands in that part. */
export function SplitTable({ split, classes }: SplitTableProps) {
  const totals = classes.map((name) => sum(split.parts.map((part) => part.classes[name]?.images ?? 0)));
  const all = sum(split.parts.map((part) => part.all.images));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-data-parts" aria-label="Parts of the split" tabIndex={0}>
      <table className="h-data-split-table">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">All</th>
            {classes.map((name, index) => (
              <th key={name} scope="col">
                <ClassChip name={name} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {split.parts.map(({ part, classes: own, all: counts }) => (
            <tr key={part}>
              <th scope="row">
                <a className="h-data-quiet" href={href(pathOf('data', ['images'], { part }))}>
                  {partTitle(part)}
                </a>
              </th>
              <PartCell counts={counts} total={all} color="var(--line-strong)" />
              {classes.map((name, index) => (
                <PartCell
                  key={name}
                  counts={own[name] ?? nothing}
                  total={totals[index] ?? 0}
                  color={classColor(index)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface PartCellProps {
  readonly counts: Counts;
  /** Images of all parts. */
  readonly total: number;
  readonly color: string;
}

function PartCell({ counts: { images, scans, groups }, total, color }: PartCellProps) {
  if (images === 0) return <td className="h-faint">none</td>;
  return (
    <td>
      <div className="h-data-part">
        <span>{plural(images, 'image')}</span>
        <span className="h-data-track">
          <span
            className="h-data-thin"
            style={{ width: `${total === 0 ? 0 : (100 * images) / total}%`, background: color }}
          />
        </span>
        <span className="h-soft h-data-part-scans">
          {plural(scans, 'scan')}, {formatCount(groups)} {groups === 1 ? 'group' : 'groups'}
        </span>
      </div>
    </td>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

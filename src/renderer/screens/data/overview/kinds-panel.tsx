import { TriangleAlert } from 'lucide-react';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import type { Summary } from '../types.ts';
import { domainWarning } from './warnings.ts';

interface KindsPanelProps {
  readonly summary: Summary;
  readonly edits: number;
}

const domainNames: Readonly<Record<string, string>> = {
  display: 'windowed pictures',
  hounsfield: 'CT in Hounsfield units',
};

/** What the images are: formats, kinds of values, planes, sizes, and what was changed by hand. */
export function KindsPanel({ summary, edits }: KindsPanelProps) {
  const warning = domainWarning(summary);
  const sizes = Object.fromEntries(summary.sizes.map(({ size, images }) => [size, images]));
  return (
    <Panel title="What the images are">
      <KeyValues
        items={[
          { name: 'Formats', value: <Tally counts={summary.formats} unit="file" /> },
          { name: 'Values', value: <Tally counts={summary.domains} names={domainNames} unit="image" /> },
          { name: 'Planes', value: <Tally counts={summary.planes} unit="image" /> },
          { name: 'Sizes', value: <Tally counts={sizes} unit="image" /> },
          {
            name: 'Changed by hand',
            value: edits === 0 ? 'nothing' : `${plural(edits, 'image')}: class, scan or group`,
          },
        ]}
      />
      {warning === undefined ? null : (
        <p className="h-data-warnings">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>{warning}</span>
        </p>
      )}
    </Panel>
  );
}

interface TallyProps {
  readonly counts: Readonly<Record<string, number>>;
  readonly names?: Readonly<Record<string, string>>;
  readonly unit: string;
}

/** `.png 186, .jpg 6`; a sole kind needs no number. */
function Tally({ counts, names = {}, unit }: TallyProps) {
  const entries = Object.entries(counts);
  const [sole] = entries;
  if (sole === undefined) return <span className="h-faint">none</span>;
  const nameOf = (key: string): string => names[key] ?? (key === '' ? 'no extension' : key);
  if (entries.length === 1) return <>{nameOf(sole[0])}, all</>;
  return (
    <ul className="h-data-tally">
      {entries.map(([key, count]) => (
        <li key={key}>
          {nameOf(key)}{' '}
          <span className="h-soft" title={plural(count, unit)}>
            {formatCount(count)}
          </span>
        </li>
      ))}
    </ul>
  );
}

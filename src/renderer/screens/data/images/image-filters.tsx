import { X } from 'lucide-react';
import { Button } from '../../../components/controls/button.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import { partTitle } from '../overview/split-words.ts';
import { type FilterKey, type ImageFilter, withFilter } from './filter.ts';

interface ImageFiltersProps {
  readonly filter: ImageFilter;
  readonly classes: readonly string[];
  readonly parts: readonly string[];
  /** Loaded so far, and how many there are. */
  readonly loaded: number;
  readonly total: number | undefined;
  onFilter(filter: ImageFilter): void;
}

const any = '';

/** Class and part as lists; scan and group as what was chosen from an image. */
export function ImageFilters({ filter, classes, parts, loaded, total, onFilter }: ImageFiltersProps) {
  const set = (key: FilterKey, value: string | null): void => onFilter(withFilter(filter, key, value));
  return (
    <Toolbar
      label="Filter of the images"
      end={
        <span className="h-soft h-num" role="status">
          {countText(loaded, total)}
        </span>
      }
    >
      <Select
        label="Class"
        value={filter.class ?? any}
        options={[{ value: any, label: 'All classes' }, ...classes.map((name) => ({ value: name, label: name }))]}
        onChange={(value) => set('class', value === any ? null : value)}
      />
      {parts.length === 0 ? null : (
        <Select
          label="Part of the split"
          value={filter.part ?? any}
          options={[
            { value: any, label: 'All parts' },
            ...parts.map((part) => ({ value: part, label: partTitle(part) })),
          ]}
          onChange={(value) => set('part', value === any ? null : value)}
        />
      )}
      <Chosen name="Group" value={filter.group} onClear={() => set('group', null)} />
      <Chosen name="Scan" value={filter.scan} onClear={() => set('scan', null)} />
    </Toolbar>
  );
}

interface ChosenProps {
  readonly name: string;
  readonly value: string | undefined;
  onClear(): void;
}

function Chosen({ name, value, onClear }: ChosenProps) {
  if (value === undefined) return null;
  return (
    <Button icon={X} className="h-data-chosen" aria-label={`Take away: ${name} ${value}`} onClick={onClear}>
      {name} {value}
    </Button>
  );
}

function countText(loaded: number, total: number | undefined): string {
  if (total === undefined) return '';
  return loaded < total ? `${formatCount(loaded)} of ${formatCount(total)} images` : plural(total, 'image');
}

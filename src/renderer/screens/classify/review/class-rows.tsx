import type { Row } from '../../../api.ts';
import { Select } from '../../../components/controls/select.tsx';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { KeyHint } from '../../../components/layout/key-hint.tsx';
import { formatPercent } from '../../../format/numbers.ts';
import { likeliest } from './likeliest.ts';
import { classKey } from './review-keys.ts';

interface ClassRowsProps {
  readonly row: Row | undefined;
  readonly classes: readonly string[];
  onGive(name: string): void;
}

/** Of more classes than this the likeliest have a line; the others are in a list. */
const mostLines = 9;

/** What the model holds likely, a line a class; pressing one says that the image is that class. */
export function ClassRows({ row, classes, onGive }: ClassRowsProps) {
  const probabilities = row?.probabilities ?? [];
  const lines = likeliest(
    classes.map((_, index) => probabilities[index] ?? 0),
    mostLines,
  );
  const others = classes.filter((_, index) => !lines.includes(index));
  return (
    <div className="h-classify-classes-grid">
      {lines.map((index) => {
        const name = classes[index] ?? '';
        const key = classKey(index);
        return (
          <button
            key={name}
            type="button"
            className="h-classify-class"
            title={`It is ${name}`}
            aria-pressed={row?.review?.class === name}
            disabled={row === undefined}
            onClick={() => onGive(name)}
          >
            {key === undefined ? <span className="h-classify-nokey" /> : <KeyHint keys={key} />}
            <ClassChip name={name} index={index} strong={name === row?.class} />
            <span className="h-classify-percent h-num">{formatPercent(probabilities[index])}</span>
            <span
              className="h-classify-level"
              style={{ width: `${(probabilities[index] ?? 0) * 100}%` }}
              aria-hidden="true"
            />
          </button>
        );
      })}
      {others.length === 0 ? null : (
        <Select
          label="Another class"
          placeholder="Another class"
          value={null}
          options={others.map((name) => ({ value: name, label: name }))}
          onChange={onGive}
        />
      )}
    </div>
  );
}

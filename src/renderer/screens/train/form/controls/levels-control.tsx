import { Checkbox } from '../../../../components/controls/checkbox.tsx';
import type { ControlProps } from './control.ts';

/** The levels of the chosen backbone, in its order; those of another one that still stand there can be taken away. */
export function LevelsControl({ field: { path }, values, backbones, disabled, onChange }: ControlProps) {
  const value = values[path];
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const offered = inDepth(backbones.find(({ name }) => name === values['backbone.name'])?.features ?? []);
  const all = [...offered, ...chosen.filter((level) => !offered.includes(level))];
  return (
    <div className="h-train-levels">
      {all.map((level) => (
        <Checkbox
          key={level}
          label={level}
          checked={chosen.includes(level)}
          disabled={disabled}
          onChange={(checked) => onChange(all.filter((each) => (each === level ? checked : chosen.includes(each))))}
        />
      ))}
    </div>
  );
}

/** From the first block to the top. */
function inDepth(levels: readonly string[]): readonly string[] {
  return [...levels.filter((level) => level !== 'top'), ...levels.filter((level) => level === 'top')];
}

import { Segmented } from '../../../../components/controls/segmented.tsx';
import { Select } from '../../../../components/controls/select.tsx';
import type { RecordKey, ShapeOf } from '../shapes.ts';
import { choiceOf, type WindowValue, windowChoices, windowsIn, windowsOf } from '../window-choices.ts';
import { labelOf } from '../wording.ts';
import type { ControlProps } from './control.ts';
import { TypedNumber } from './typed-number.tsx';

/** One window for all channels, or one for each; by name or by centre and width. */
export function WindowsControl({ field: { path, shape }, values, onChange }: ControlProps) {
  if (shape.kind !== 'records') return null;
  const windows = windowsIn(values[path]);
  return (
    <div className="h-train-windows">
      <CountChoice counts={shape.counts} windows={windows} label={labelOf(path)} onChange={onChange} />
      {windows.map((window, at) => (
        <WindowRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is its channel
          key={at}
          name={windows.length === 1 ? 'Window' : `Channel ${at + 1}`}
          keys={shape.keys}
          window={window}
          onChange={(next) => onChange(windows.with(at, next))}
        />
      ))}
    </div>
  );
}

interface CountChoiceProps {
  readonly counts: ShapeOf<'records'>['counts'];
  readonly windows: readonly WindowValue[];
  readonly label: string;
  onChange(windows: readonly WindowValue[]): void;
}

function CountChoice({ counts, windows, label, onChange }: CountChoiceProps) {
  return (
    <Segmented
      label={label}
      value={String(windows.length)}
      options={counts.map((count) => ({
        value: String(count),
        label: count === 1 ? 'One for all channels' : 'One for each channel',
      }))}
      onChange={(count) => onChange(windowsOf(windows, Number(count)))}
    />
  );
}

interface WindowRowProps {
  readonly name: string;
  readonly keys: readonly RecordKey[];
  readonly window: WindowValue;
  onChange(window: WindowValue): void;
}

const ownValues = 'own';
const units: Readonly<Record<string, string>> = { center: 'Centre', width: 'Width' };

function WindowRow({ name, keys, window, onChange }: WindowRowProps) {
  const preset = choiceOf(window);
  const options = [
    ...windowChoices.map((choice) => ({ value: choice.name, label: choice.name })),
    { value: ownValues, label: 'Own values', disabled: preset !== undefined },
  ];
  const take = (chosen: string): void => {
    const choice = windowChoices.find((each) => each.name === chosen);
    if (choice !== undefined) onChange({ center: choice.center, width: choice.width });
  };
  const change = (key: string, value: unknown): void => onChange({ ...window, [key]: value });
  return (
    <fieldset className="h-train-window" aria-label={name}>
      <Select label={`${name}, usual windows`} value={preset?.name ?? ownValues} options={options} onChange={take} />
      {keys.map(({ key, help, above }) => (
        <div key={key} className="h-train-window-number" title={help}>
          <span className="h-soft" aria-hidden="true">
            {units[key] ?? key}
          </span>
          <TypedNumber
            label={`${name}, ${(units[key] ?? key).toLowerCase()} in HU`}
            value={new Map<string, unknown>(Object.entries(window)).get(key)}
            onChange={(value) => change(key, value)}
            limits={{ integer: true, min: undefined, max: undefined, above }}
          />
        </div>
      ))}
    </fieldset>
  );
}

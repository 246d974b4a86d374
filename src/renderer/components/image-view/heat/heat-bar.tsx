import { CircleSlash } from 'lucide-react';
import { useMemo } from 'react';
import { heatMapWords } from '../../../../pipeline/domain/explain.ts';
import { formatPercent } from '../../../format/numbers.ts';
import { Select } from '../../controls/select.tsx';
import { ErrorNotice } from '../../feedback/error-notice.tsx';
import { heatGradient } from './heat-pixels.ts';
import type { HeatView } from './use-heat.ts';
import './heat-bar.css';

/** What the colours over the image mean, and how strong they are; or why there are none. */
export function HeatBar({ view }: { readonly view: HeatView }) {
  const { on, heat, error } = view;
  if (!on) return null;
  return (
    <section className="h-heat" aria-label="Heat map">
      <div role="status" className="h-heat-words">
        {error === undefined ? <Words view={view} /> : <ErrorNotice error={error} compact />}
      </div>
      {heat?.state === 'explained' ? <Controls view={view} classes={heat.classes} predicted={heat.predicted} /> : null}
    </section>
  );
}

function Words({ view: { heat } }: { readonly view: HeatView }) {
  if (heat === undefined) return <p className="h-soft">Asking the model. Its first map can take some seconds.</p>;
  if (heat.state === 'none') {
    return (
      <p className="h-heat-none">
        <CircleSlash size={16} aria-hidden="true" />
        <span>{heat.reason}</span>
      </p>
    );
  }
  const nothing = heat.map.values.every((value) => value === 0);
  return (
    <p>
      <strong>{nothing ? `Nothing here speaks for ${heat.class}` : `For ${heat.class}`}</strong>{' '}
      <span className="h-num">({formatPercent(heat.probability)})</span>. {heatMapWords}{' '}
      <span className="h-faint">{heat.model}</span>
    </p>
  );
}

interface ControlsProps {
  readonly view: HeatView;
  readonly classes: readonly string[];
  readonly predicted: string;
}

const answer = ' the answer';

function Controls({ view, classes, predicted }: ControlsProps) {
  const gradient = useMemo(heatGradient, []);
  const options = [
    { value: answer, label: `Answer: ${predicted}` },
    ...classes.map((name) => ({ value: name, label: name })),
  ];
  return (
    <div className="h-heat-controls">
      <span className="h-heat-legend">
        <span>less</span>
        <span className="h-heat-colours" style={{ background: gradient }} aria-hidden="true" />
        <span>more</span>
      </span>
      <span className="h-heat-legend">
        <span className="h-heat-line" aria-hidden="true" />
        <span>line: hottest fifth</span>
      </span>
      <Select
        label="Class that the map explains"
        value={view.chosen ?? answer}
        options={options}
        onChange={(name) => view.choose(name === answer ? null : name)}
      />
      <label className="h-heat-legend">
        <span>Opacity</span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(view.opacity * 100)}
          aria-valuetext={`${Math.round(view.opacity * 100)} percent`}
          onChange={(event) => view.setOpacity(Number(event.target.value) / 100)}
        />
      </label>
    </div>
  );
}

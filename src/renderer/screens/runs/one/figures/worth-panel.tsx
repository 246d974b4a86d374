import { useId } from 'react';
import { z } from 'zod';
import type { ClassFigures, RunFigures } from '../../../../../pipeline/domain/run-figures.ts';
import { Button } from '../../../../components/controls/button.tsx';
import { NumberInput } from '../../../../components/controls/number-input.tsx';
import { ClassChip } from '../../../../components/figures/class-chip.tsx';
import { EstimateCell } from '../../../../components/figures/estimate-cell.tsx';
import { Panel } from '../../../../components/layout/panel.tsx';
import { plural } from '../../../../format/numbers.ts';
import { useRemembered } from '../../../../stores/remembered.ts';
import { worthAt } from './worth.ts';

const prevalencesSchema = z.record(z.string(), z.number().min(0).max(1));

/** What a "yes" and a "no" are worth where the reader works: the share of a class there decides as much as the model does. */
export function WorthPanel({ scan }: { readonly scan: RunFigures['scan'] }) {
  const [own, setOwn] = useRemembered('runs.prevalence', prevalencesSchema, {});
  const chosen = scan.classes.filter(({ name }) => own[name] !== undefined);
  const toData = () =>
    setOwn(Object.fromEntries(Object.entries(own).filter(([name]) => !chosen.some((each) => each.name === name))));
  return (
    <Panel
      title="Predictive values"
      subtitle={`by scan, ${plural(scan.cases, 'scan')}`}
      padded={false}
      actions={
        <Button kind="quiet" disabled={chosen.length === 0} onClick={toData}>
          As in the data
        </Button>
      }
    >
      <div className="h-run-scroll">
        <table className="h-run-figures h-run-worth">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Prevalence where you work</th>
              <th scope="col">PPV</th>
              <th scope="col">NPV</th>
            </tr>
          </thead>
          <tbody>
            {scan.classes.map((each, index) => (
              <WorthRow
                key={each.name}
                figures={each}
                index={index}
                prevalence={own[each.name] ?? each.share}
                onPrevalence={(share) => setOwn({ ...own, [each.name]: share })}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="h-run-basis h-faint">
        PPV: share of answers with this class that are right. NPV: share of all other answers that are right to leave it
        out. Sensitivity and specificity are taken as measured here; the prevalence is yours.
      </p>
    </Panel>
  );
}

interface WorthRowProps {
  readonly figures: ClassFigures;
  readonly index: number;
  readonly prevalence: number;
  onPrevalence(share: number): void;
}

function WorthRow({ figures, index, prevalence, onPrevalence }: WorthRowProps) {
  const { ppv, npv } = worthAt(figures, prevalence);
  const percent = Math.round(prevalence * 1000) / 10;
  const id = useId();
  return (
    <tr>
      <th scope="row">
        <ClassChip name={figures.name} index={index} />
      </th>
      <td>
        <span className="h-run-prevalence">
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={0.1}
            value={percent}
            aria-label={`Prevalence of ${figures.name}`}
            aria-valuetext={`${percent} %`}
            onChange={(event) => onPrevalence(event.target.valueAsNumber / 100)}
          />
          <NumberInput
            label={`Prevalence of ${figures.name}, percent`}
            value={percent}
            min={0}
            max={100}
            step={0.1}
            unit="%"
            onChange={(value) => {
              if (value !== null) onPrevalence(value / 100);
            }}
          />
        </span>
      </td>
      <td>
        <EstimateCell estimate={ppv} />
      </td>
      <td>
        <EstimateCell estimate={npv} />
      </td>
    </tr>
  );
}

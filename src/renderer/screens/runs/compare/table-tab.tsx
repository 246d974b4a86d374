import { useState } from 'react';
import type { Comparison } from '../../../api.ts';
import { Switch } from '../../../components/controls/switch.tsx';
import { Toolbar } from '../../../components/layout/toolbar.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import type { Comparing } from './comparing.ts';
import { factGroups } from './fact-groups.ts';
import { FactRows } from './fact-rows.tsx';
import { figureGroups } from './figure-groups.ts';
import { FigureRows } from './figure-rows.tsx';
import { SideHead } from './side-head.tsx';
import type { Side } from './sides.ts';

interface TableTabProps {
  readonly comparison: Comparison;
  readonly sides: readonly Side[];
  readonly comparing: Comparing;
  onComparing(next: Comparing): void;
}

/** One table: what the runs were made of, then what came of it; a column a run, the baseline first. */
export function TableTab({ comparison, sides, comparing, onComparing }: TableTabProps) {
  const [alsoEqual, setAlsoEqual] = useState(false);
  useKeys([
    {
      keys: 'e',
      title: 'Also what is equal',
      group: 'Comparison',
      run: () => setAlsoEqual((before) => !before),
    },
  ]);
  const facts = factGroups(comparison.facts, alsoEqual);
  return (
    <div className="h-compare-tab">
      <Toolbar
        label="What is shown"
        end={
          <span className="h-faint">
            Differences are to the baseline. Pale ones may be chance: intervals overlap. Leaky runs are never best.
          </span>
        }
      >
        <Switch label="Also what is equal" checked={alsoEqual} onChange={setAlsoEqual} />
      </Toolbar>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="h-compare-scroll" aria-label="Comparison" tabIndex={0}>
        <table className="h-compare-table" style={{ '--runs': sides.length }}>
          <thead>
            <tr>
              <th scope="col">
                <span className="h-sr">What is compared</span>
              </th>
              {sides.map((side) => (
                <SideHead key={side.run.id} {...{ side, comparing, onComparing }} />
              ))}
            </tr>
          </thead>
          {facts.length === 0 ? <NothingDiffers columns={sides.length + 1} /> : null}
          {facts.map((group) => (
            <FactRows key={group.title} group={group} sides={sides} />
          ))}
          {figureGroups(comparison.figures).map((group) => (
            <FigureRows key={group.title} group={group} sides={sides} />
          ))}
        </table>
      </section>
    </div>
  );
}

function NothingDiffers({ columns }: { readonly columns: number }) {
  return (
    <tbody>
      <tr>
        <td colSpan={columns}>
          <span className="h-compare-pinned">
            Nothing that is recorded differs: same parameters, data, split, contract, program and machine.
          </span>
        </td>
      </tr>
    </tbody>
  );
}

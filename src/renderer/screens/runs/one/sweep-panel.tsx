import { type Run, useCall } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { SweepTable } from '../../../components/sweep/sweep-table.tsx';
import { objectiveTitles, rungsText, sweepFilter } from '../../../components/sweep/sweep-words.ts';
import { plural } from '../../../format/numbers.ts';
import { href, pathOf } from '../../../stores/route.ts';

/** The sweep that a run is a candidate of, with its siblings. */
export function SweepPanel({ run: { id, sweep } }: { readonly run: Run }) {
  const answer = useCall('sweeps/get', sweep === null ? null : { sweep: sweep.id }, {
    refreshOn: (push) => push.topic === 'changed' && push.what === 'runs',
  });
  if (sweep === null) return null;
  return (
    <Panel
      title={`Sweep: ${sweep.name}`}
      subtitle={answer.value === undefined ? undefined : plural(answer.value.sweep.candidates.length, 'candidate')}
      padded={false}
      actions={
        <LinkButton kind="quiet" href={href(pathOf('runs', [], { filter: sweepFilter(sweep) }))}>
          All its runs
        </LinkButton>
      }
    >
      <Answer of={answer} rows={4} title="The sweep could not be read">
        {({ sweep: found }) => (
          <>
            <SweepTable sweep={found} current={id} />
            <p className="h-run-sweep-note">
              Ranked by {objectiveTitles[found.objective]}; {rungsText(found.rungs)}. {found.honesty}
            </p>
          </>
        )}
      </Answer>
    </Panel>
  );
}

import { CircleCheck, CircleX, Gauge } from 'lucide-react';
import { useState } from 'react';
import { call, type Output, useAction, useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { formatRate } from '../../format/numbers.ts';

type Check = Output<'machine/check'>['checks'][number];

/** What `hilum doctor` finds, and how fast the default model answers here. */
export function Engines() {
  const answer = useCall('machine/check', {});
  return (
    <Panel title="Machine and engines" actions={<Speed />}>
      <Answer of={answer} rows={8} title="The machine could not be looked at">
        {({ checks, cores, processor, memoryMb }) => (
          <div className="h-settings-form">
            <p className="h-soft">
              {processor}, {cores} cores, {Math.round(memoryMb / 1000)} GB memory
            </p>
            <table className="h-settings-table h-settings-checks">
              <thead>
                <tr>
                  <th scope="col">Part</th>
                  <th scope="col">Found</th>
                </tr>
              </thead>
              <tbody>
                {checks.map((check) => (
                  <CheckRow key={check.name} check={check} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function CheckRow({ check: { name, ok, found, neededFor, mend } }: { readonly check: Check }) {
  return (
    <tr>
      <th scope="row">
        <span className={ok ? 'h-settings-ok' : 'h-settings-missing'}>
          {ok ? <CircleCheck size={14} aria-label="there" /> : <CircleX size={14} aria-label="missing" />}
        </span>{' '}
        {name}
      </th>
      <td className="h-wrap">
        {found}
        {ok ? null : (
          <div className="h-settings-missing">
            Needed for {neededFor ?? 'comfort'}. Mend it with: <code>{mend}</code>
          </div>
        )}
      </td>
    </tr>
  );
}

function Speed() {
  const [speed, setSpeed] = useState<Output<'machine/speed'>>();
  const measure = useAction(async () => setSpeed(await call('machine/speed', {})));
  return (
    <div className="h-settings-row" role="status">
      {measure.error === undefined ? null : <ErrorNotice error={measure.error} compact />}
      {speed === undefined ? null : (
        <span className="h-num" title={`${speed.engine}, ${speed.threads} threads, ${speed.images} synthetic images`}>
          {formatRate(speed.imagesPerSecond)} with {speed.engine}
        </span>
      )}
      <Button icon={Gauge} busy={measure.busy} onClick={() => void measure.run()}>
        Measure speed
      </Button>
    </div>
  );
}

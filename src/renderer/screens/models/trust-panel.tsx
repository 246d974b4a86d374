import { CircleCheck, CircleMinus, CircleX, FlaskConical } from 'lucide-react';
import { heatMapWords } from '../../../pipeline/domain/explain.ts';
import { type TrustLine, trustLines } from '../../../pipeline/domain/trust-words.ts';
import { call, type Model, type Output, useAction, useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import './trust-panel.css';

/** Whether the heat maps of a model may be believed: the parts of its trust test with their figures. */
export function TrustPanel({ model }: { readonly model: Model }) {
  const answer = useCall(
    'explain/trust',
    { model: model.id },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'findings' },
  );
  const test = useAction(async () => {
    await call('explain/test-trust', { model: model.id });
    answer.reload();
  });
  return (
    <Panel
      title="Heat maps"
      subtitle={heatMapWords}
      actions={
        <Button icon={FlaskConical} busy={test.busy} disabled={model.problem !== null} onClick={() => void test.run()}>
          Test now
        </Button>
      }
    >
      <div className="h-trust" role="status">
        {test.error === undefined ? null : <ErrorNotice error={test.error} />}
        <Answer of={answer} rows={3} title="The trust test could not be read">
          {(state) => <Verdict state={state} />}
        </Answer>
      </div>
    </Panel>
  );
}

const sources = {
  sealed: 'Tested before the model was sealed; the result is part of the seal.',
  recorded: 'Tested here; the result is in the records of this workspace.',
  measured: 'Tested just now.',
} as const;

function Verdict({ state: { trust, from, problem } }: { readonly state: Output<'explain/trust'> }) {
  if (trust === null) {
    return (
      <p className="h-soft">
        {problem ?? 'Not tested yet. The first heat map that somebody asks for runs the test; it takes seconds.'}
      </p>
    );
  }
  return (
    <>
      <p>
        <strong>{trust.passed ? 'Shown: the test was passed.' : 'Not shown anywhere: the test was failed.'}</strong>{' '}
        <span className="h-soft">{from === null ? '' : sources[from]}</span>
      </p>
      <ul className="h-trust-lines">
        {trustLines(trust).map((line) => (
          <Line key={line.part} line={line} />
        ))}
      </ul>
    </>
  );
}

function Line({ line: { title, text, passed } }: { readonly line: TrustLine }) {
  const Icon = passed === null ? CircleMinus : passed ? CircleCheck : CircleX;
  const word = passed === null ? 'Not asked' : passed ? 'Passed' : 'Failed';
  return (
    <li className={passed === null ? 'h-soft' : passed ? 'h-trust-passed' : 'h-trust-failed'}>
      <Icon size={16} aria-hidden="true" />
      <div>
        <div>
          <strong>{title}</strong>: {word}
        </div>
        <p>{text}</p>
      </div>
    </li>
  );
}

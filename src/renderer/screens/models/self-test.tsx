import { CircleCheck, CircleX, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { call, type Model, type Output, useAction } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { formatDuration } from '../../format/numbers.ts';

/** Hashes and golden answers, checked when somebody asks; each use of the model checks them again. */
export function SelfTest({ model }: { readonly model: Model }) {
  const [result, setResult] = useState<Output<'models/verify'>>();
  const test = useAction(async () => setResult(await call('models/verify', { model: model.id })));
  return (
    <Panel
      title="Self-test"
      actions={
        <Button icon={ShieldCheck} busy={test.busy} onClick={() => void test.run()}>
          Check now
        </Button>
      }
    >
      <div className="h-models-test" role="status">
        {test.error === undefined ? <Verdict model={model} result={result} /> : <ErrorNotice error={test.error} />}
      </div>
    </Panel>
  );
}

function Verdict({ model, result }: { readonly model: Model; readonly result: Output<'models/verify'> | undefined }) {
  const problem = result === undefined ? model.problem : result.problem;
  if (problem !== null) {
    return (
      <p className="h-models-bad">
        <CircleX size={16} aria-hidden="true" /> {problem}
      </p>
    );
  }
  if (result === undefined) {
    return (
      <p className="h-soft">
        Every file against the seal, then the sealed answers to synthetic images. Runs each time the model is used.
      </p>
    );
  }
  return (
    <p className="h-models-good">
      <CircleCheck size={16} aria-hidden="true" /> Whole: every hash is right and {result.golden} sealed answers agree (
      {formatDuration(result.elapsedMs)}).
    </p>
  );
}

import { ScanSearch, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call, type Model, type Output, useAction, useCall } from '../../api.ts';
import { Button } from '../../components/controls/button.tsx';
import { Answer } from '../../components/feedback/answer.tsx';
import { ErrorNotice } from '../../components/feedback/error-notice.tsx';
import { Panel } from '../../components/layout/panel.tsx';
import { ConfirmDialog } from '../../components/overlays/dialog.tsx';
import { formatBytes } from '../../format/numbers.ts';
import { notify } from '../../stores/notices.ts';
import { navigate } from '../../stores/route.ts';
import { AnsweringPanel } from './answering/answering-panel.tsx';
import { ChecklistPanel } from './checklist/checklist-panel.tsx';
import { ExportModel } from './export/export-model.tsx';
import { ModelCard } from './model-card.tsx';
import { ModelFiles } from './model-files.tsx';
import { RegistryPanel } from './registry/registry-panel.tsx';
import { SelfTest } from './self-test.tsx';
import { SignaturePanel } from './signature/signature-panel.tsx';
import { TrustPanel } from './trust-panel.tsx';

/** One model: what it may be used for, what it was made of, its rules and files. */
export function ModelDetails({ id }: { readonly id: string }) {
  const answer = useCall(
    'models/get',
    { model: id },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'models' },
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-models-details" aria-label="Chosen model" tabIndex={0}>
      <Answer of={answer} rows={10} title="The model could not be read">
        {(details) => <Details details={details} />}
      </Answer>
    </section>
  );
}

function Details({ details }: { readonly details: Output<'models/get'> }) {
  const { model } = details;
  return (
    <>
      <header className="h-models-head">
        <h2 className="h-wrap">
          {model.title}
          {model.version === null ? '' : ` · v${model.version}`}
        </h2>
        <Deeds model={model} />
      </header>
      <RegistryPanel model={model} />
      <SelfTest model={model} />
      <SignaturePanel model={model} />
      <ModelCard details={details} />
      <AnsweringPanel details={details} />
      <ChecklistPanel model={model.id} />
      <TrustPanel model={model} />
      <Panel title="What it does with an image" subtitle="The preprocessing contract: sealed with the model">
        <ol className="h-models-steps">
          {details.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Panel>
      <ModelFiles files={details.files} seal={model.id} />
    </>
  );
}

function Deeds({ model }: { readonly model: Model }) {
  const [asking, setAsking] = useState(false);
  const choose = useAction(() => call('models/set-default', { model: model.id }));
  const remove = useAction(async () => {
    const { bytes } = await call('models/delete', { model: model.id });
    navigate('/models');
    notify({ text: `The model was deleted; ${formatBytes(bytes)} freed.`, kind: 'good' });
  });
  const error = choose.error ?? remove.error;
  return (
    <div className="h-models-deeds">
      {error === undefined ? null : <ErrorNotice error={error} compact />}
      <Button
        icon={ScanSearch}
        kind="primary"
        disabled={model.problem !== null}
        onClick={() => navigate(`/classify?model=${model.id}`)}
      >
        Classify with it
      </Button>
      <Button
        icon={Star}
        busy={choose.busy}
        disabled={model.isDefault || model.problem !== null}
        onClick={() => void choose.run()}
      >
        {model.isDefault ? 'Is the default' : 'Make default'}
      </Button>
      <ExportModel model={model} />
      {model.origin === 'bundled' ? null : (
        <Button icon={Trash2} kind="quiet" busy={remove.busy} onClick={() => setAsking(true)}>
          Delete
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${model.title}?`}
        text={`Its files (${formatBytes(model.bytes)}) are removed from this workspace. Results that it gave stay, with its seal beside them. There is no undo.`}
        confirmLabel="Delete model"
        danger
        onConfirm={async () => {
          await remove.run();
        }}
      />
    </div>
  );
}

import type { Dataset } from '../../api.ts';
import { Answer } from '../../components/feedback/answer.tsx';
import { Loading } from '../../components/feedback/loading.tsx';
import { SplitPane } from '../../components/layout/split-pane.tsx';
import { FormBar } from './form/form-bar.tsx';
import { ParamForm } from './form/param-form.tsx';
import { type Form, useForm } from './form/use-form.ts';
import { LiveColumn } from './live/live-column.tsx';
import { PipelinePanel } from './pipeline/pipeline-panel.tsx';
import { PreviewPanel } from './start/preview-panel.tsx';
import { StartPanel } from './start/start-panel.tsx';
import { useNewestRuns } from './start/use-newest-runs.ts';

/** The form on the left; on the right the next run, the one that trains, and those before it. */
export function TrainView({ split }: { readonly split: Dataset['split'] }) {
  const form = useForm();
  const runs = useNewestRuns();
  return (
    <SplitPane
      id="train"
      label="Width of the form"
      initial={54}
      minFirst={32}
      minSecond={32}
      first={<FormColumn form={form} />}
      second={
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="h-train-column" aria-label="Runs" tabIndex={0}>
          {form.ready ? <StartPanel form={form} split={split} runs={runs} /> : null}
          {form.ready ? <PipelinePanel params={form.params} /> : null}
          {form.ready ? <PreviewPanel params={form.params} /> : null}
          <LiveColumn runs={runs} />
        </section>
      }
    />
  );
}

function FormColumn({ form }: { readonly form: Form }) {
  const { answer, ready, values, faults, backbones, setValues } = form;
  return (
    <>
      {ready ? <FormBar form={form} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="h-train-column" aria-label="Parameters" tabIndex={0}>
        <Answer of={answer} rows={10} title="params.yaml could not be read">
          {() =>
            ready ? (
              <ParamForm values={values} faults={faults} backbones={backbones} onValues={setValues} />
            ) : (
              <Loading rows={10} />
            )
          }
        </Answer>
      </section>
    </>
  );
}

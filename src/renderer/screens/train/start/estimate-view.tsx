import { TriangleAlert } from 'lucide-react';
import { Answer } from '../../../components/feedback/answer.tsx';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { type Estimate, imagesText, memoryText, refusalText, timeText } from './estimate-text.ts';
import type { useEstimate } from './use-estimate.ts';

/** Time and memory that the run would take on this machine. */
export function EstimateView({
  answer,
  isAsked,
}: {
  readonly answer: ReturnType<typeof useEstimate>;
  readonly isAsked: boolean;
}) {
  if (!isAsked && answer.value === undefined) {
    return <p className="h-soft">The estimate comes when every field is right.</p>;
  }
  return (
    <div className="h-train-estimate" aria-busy={answer.loading}>
      <Answer of={answer} rows={3} title="No estimate">
        {(estimate) => <Figures estimate={estimate} />}
      </Answer>
    </div>
  );
}

function Figures({ estimate }: { readonly estimate: Estimate }) {
  const refusal = refusalText(estimate);
  return (
    <>
      <div className="h-train-costs">
        <KeyValues
          columns={2}
          items={[
            { name: 'Time', value: <strong>{timeText(estimate)}</strong> },
            {
              name: 'Memory',
              value: <span className={refusal === undefined ? undefined : 'h-train-bad'}>{memoryText(estimate)}</span>,
            },
            { name: 'Images', value: imagesText(estimate) },
            { name: 'Trainable parameters', value: formatCount(estimate.trainableParameters) },
          ]}
        />
      </div>
      {refusal === undefined ? null : (
        <p className="h-train-loud" role="alert">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{refusal}</span>
        </p>
      )}
      <p className="h-train-basis">{estimate.basis}</p>
    </>
  );
}

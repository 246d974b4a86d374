import { TriangleAlert } from 'lucide-react';
import type { Params } from '../../../../pipeline/domain/params.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { KeyValues } from '../../../components/figures/key-values.tsx';
import { formatCount, formatPercent } from '../../../format/numbers.ts';
import { type Estimate, imagesText, memoryNeed, memoryText, timeText } from './estimate-text.ts';
import { useEstimate } from './use-estimate.ts';

/** Time and memory that the run would take on this machine. */
export function EstimateView({ params }: { readonly params: Params | undefined }) {
  const answer = useEstimate(params);
  if (params === undefined && answer.value === undefined) {
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
  const { share, isTooMuch } = memoryNeed(estimate);
  return (
    <>
      <div className="h-train-costs">
        <KeyValues
          columns={2}
          items={[
            { name: 'Time', value: <strong>{timeText(estimate)}</strong> },
            {
              name: 'Memory',
              value: <span className={isTooMuch ? 'h-train-bad' : undefined}>{memoryText(estimate)}</span>,
            },
            { name: 'Images', value: imagesText(estimate) },
            { name: 'Trainable parameters', value: formatCount(estimate.trainableParameters) },
          ]}
        />
      </div>
      {isTooMuch ? (
        <p className="h-train-loud" role="alert">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>
            This run would need {formatPercent(share, 0)} of the machine's memory and may bring it to a halt. Choose
            fewer feature levels, a smaller input size or a smaller hidden layer.
          </span>
        </p>
      ) : null}
      <p className="h-train-basis">{estimate.basis}</p>
    </>
  );
}

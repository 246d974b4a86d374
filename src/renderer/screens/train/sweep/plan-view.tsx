import type { Output } from '../../../../main/ipc/contract.ts';
import type { Answer as CallAnswer } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { changesText, rungsText } from '../../../components/sweep/sweep-words.ts';
import { timeText } from '../start/estimate-text.ts';

interface PlanViewProps {
  readonly plan: CallAnswer<Output<'sweeps/plan'>>;
  /** The definition is whole: an answer is on its way. */
  readonly isAsked: boolean;
  /** Something that was written cannot be used. */
  readonly isWrong: boolean;
}

const mostShown = 12;

/** The candidates, the rungs and the time that all of it would take. */
export function PlanView({ plan, isAsked, isWrong }: PlanViewProps) {
  if (!isAsked) {
    const text = isWrong ? 'The plan comes when every value is right.' : 'Write the values of at least one parameter.';
    return <p className="h-soft">{text}</p>;
  }
  return (
    <Answer of={plan} rows={3} title="This sweep cannot be planned">
      {(found) => (
        <section aria-label="Plan" className="h-train-start">
          <p>
            <strong>{timeText(found)}</strong> in all: {rungsText(found.rungs)}.
          </p>
          <ol className="h-train-variants" aria-label="Candidates">
            {found.candidates.slice(0, mostShown).map((changes) => (
              <li key={JSON.stringify(changes)}>{changesText(changes)}</li>
            ))}
          </ol>
          {found.candidates.length > mostShown ? (
            <p className="h-soft">and {found.candidates.length - mostShown} more</p>
          ) : null}
          <p className="h-train-basis">{found.basis}</p>
        </section>
      )}
    </Answer>
  );
}

import type { Output } from '../../../api.ts';
import { formatPercent, plural } from '../../../format/numbers.ts';
import { shareText } from './evidence.ts';

type Gate = NonNullable<Output<'models/get'>['gate']>;
type Trial = Gate['evidence']['trials'][number];

/** What the out-of-distribution gate refused when it was sealed: what it should, and what slips through. */
export function GateFigures({ gate: { refusals, evidence } }: { readonly gate: Gate }) {
  const { images, groups, refused, groups_above: above, unseen, trials } = evidence;
  const measured = refused === null ? 'not measured' : formatPercent(refused);
  return (
    <div className="h-models-gate">
      <h3>Out-of-distribution gate</h3>
      <p>
        It knows {plural(images, 'image')} of {plural(groups, 'patient group')}. Of groups left out it refused{' '}
        <strong className="h-num">{measured}</strong> of the images; in {shareText(above, groups)} groups more than the
        allowed {formatPercent(refusals)}.
        {unseen ? '' : ' The backbone was trained on these images: of unseen groups more will be refused.'}
      </p>
      <div className="h-models-trials">
        <Trials caption="Should be refused" trials={trials.filter(({ kind }) => kind === 'far')} />
        <Trials caption="Near cases: may slip through" trials={trials.filter(({ kind }) => kind === 'near')} />
      </div>
    </div>
  );
}

function Trials({ caption, trials }: { readonly caption: string; readonly trials: readonly Trial[] }) {
  return (
    <table className="h-models-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Picture</th>
          <th scope="col">Refused</th>
        </tr>
      </thead>
      <tbody>
        {trials.map(({ name, images, refused }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{shareText(refused, images)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

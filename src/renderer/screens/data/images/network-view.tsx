import { type Output, useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { GreyCanvas } from '../../../components/image-view/grey-canvas.tsx';
import { href } from '../../../stores/route.ts';

/** The image after the preprocessing contract: what the network really sees, and how it came about. */
export function NetworkView({ image }: { readonly image: string }) {
  const answer = useCall(
    'images/tensor',
    { image: { of: 'dataset', image } },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'params' },
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="h-data-network" aria-label="What the network sees" tabIndex={0}>
      <header>
        <h2>What the network sees</h2>
      </header>
      <Answer of={answer} rows={6} title="The network would not get this image">
        {(seen) => <Seen seen={seen} />}
      </Answer>
    </section>
  );
}

function Seen({ seen: { size, channels, steps } }: { readonly seen: Output<'images/tensor'> }) {
  return (
    <>
      <div className={`h-data-channels h-data-channels-${channels.length === 1 ? 'one' : 'many'}`}>
        {channels.map(({ title, pixels }) => (
          <figure key={title}>
            <GreyCanvas label={`${title}, ${size} x ${size} pixels`} size={size} pixels={pixels} />
            <figcaption className="h-soft">
              {title}, {size} x {size}
            </figcaption>
          </figure>
        ))}
      </div>
      <ol className="h-data-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="h-faint">
        As the <a href={href('/train')}>parameters</a> say now.
      </p>
    </>
  );
}

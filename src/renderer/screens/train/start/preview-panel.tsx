import { Shuffle } from 'lucide-react';
import { useState } from 'react';
import type { Params } from '../../../../pipeline/domain/params.ts';
import { type Output, useCall } from '../../../api.ts';
import { Button } from '../../../components/controls/button.tsx';
import { Answer } from '../../../components/feedback/answer.tsx';
import { GreyCanvas } from '../../../components/image-view/grey-canvas.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { useSettled } from './use-estimate.ts';

/** Besides the picture as it is: with it, three rows of four. */
const epochs = 11;

/** One image of the dataset as training would see it; nothing for a head, which learns from cached features. */
export function PreviewPanel({ params }: { readonly params: Params | undefined }) {
  if (params === undefined || params.training.preset === 'head') return null;
  return <Preview params={params} />;
}

function Preview({ params }: { readonly params: Params }) {
  const [nth, setNth] = useState(0);
  const settled = useSettled(params);
  const answer = useCall(
    'training/preview',
    { params: settled, nth, epochs },
    { refreshOn: (push) => push.topic === 'changed' && push.what === 'dataset' },
  );
  return (
    <Panel
      title="What the network will see"
      subtitle={answer.value === undefined ? undefined : answer.value.class}
      actions={
        <Button kind="quiet" icon={Shuffle} onClick={() => setNth(nth + 1)}>
          Another image
        </Button>
      }
    >
      <Answer of={answer} rows={6} title="There is no preview of this image">
        {(preview) => <Grid preview={preview} />}
      </Answer>
    </Panel>
  );
}

function Grid({ preview: { size, pictures } }: { readonly preview: Output<'training/preview'> }) {
  return (
    <>
      <ul className="h-train-preview">
        {pictures.map((pixels, at) => {
          const title = at === 0 ? 'As it serves' : `Epoch ${at}`;
          return (
            <li key={title}>
              <figure>
                <GreyCanvas label={`${title}, ${size} x ${size} pixels`} size={size} pixels={pixels} />
                <figcaption className="h-soft">{title}</figcaption>
              </figure>
            </li>
          );
        })}
      </ul>
      <p className="h-train-basis">
        Training changes each picture anew in every epoch. Validation, figures and the served model see it as it is.
      </p>
    </>
  );
}

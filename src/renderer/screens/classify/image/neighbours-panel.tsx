import { useState } from 'react';
import { type ImageRef, type Output, useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { ThumbnailGrid } from '../../../components/image-view/thumbnail-grid.tsx';
import { plural } from '../../../format/numbers.ts';
import { navigate, pathOf } from '../../../stores/route.ts';
import './neighbours-panel.css';

/** The training images that the network finds most alike, with their labels. Enter opens one in the dataset. */
export function NeighboursPanel({ image }: { readonly image: ImageRef }) {
  const answer = useCall(
    'explain/neighbours',
    { image, model: null },
    { keep: false, refreshOn: (push) => push.topic === 'changed' && push.what === 'dataset' },
  );
  return (
    <section className="h-near" aria-label="Nearest training cases">
      <Answer of={answer} rows={3} title="The nearest training cases could not be found">
        {(found) =>
          found.state === 'none' ? <p className="h-soft h-near-words">{found.reason}</p> : <Found found={found} />
        }
      </Answer>
    </section>
  );
}

type FoundCases = Extract<Output<'explain/neighbours'>, { state: 'found' }>;

function Found({ found: { neighbours, compared, ownScan } }: { readonly found: FoundCases }) {
  const [selected, setSelected] = useState<number | null>(null);
  const images = neighbours.map(({ image }): ImageRef => ({ of: 'dataset', image }));
  const labels = neighbours.map(({ class: name, distance, scan }) => ({
    text: `${name}, ${distance.toFixed(2)}`,
    below: <div className="h-faint h-cut">{scan}</div>,
  }));
  const open = (index: number): void => {
    const image = neighbours[index]?.image;
    if (image !== undefined) navigate(pathOf('data', ['images'], { image }));
  };
  return (
    <>
      <p className="h-soft h-near-words">
        Most alike to the network among {plural(compared.images, 'training image')} of{' '}
        {plural(compared.groups, 'patient group')}: label, distance (0 alike, 1 unrelated), one image a scan.
        {ownScan === 'unknown'
          ? ' The file names no scan, so some may be of its own.'
          : ' Its own scan and patient are left out.'}
      </p>
      <div className="h-near-grid">
        <ThumbnailGrid
          label="Nearest training cases"
          images={images}
          labels={labels}
          selected={selected}
          onSelect={setSelected}
          onOpen={open}
          side={84}
        />
      </div>
    </>
  );
}

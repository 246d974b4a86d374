import { X } from 'lucide-react';
import { useState } from 'react';
import type { DatasetImage, ImageRef } from '../../../api.ts';
import { IconButton } from '../../../components/controls/button.tsx';
import { ImageView } from '../../../components/image-view/image-view.tsx';
import { aheadOf, type Step } from '../../../components/image-view/step.ts';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { useReader } from '../../../stores/prefs.ts';
import { partTitle } from '../overview/split-words.ts';
import { scanAround, steppedIndex } from './by-scan.ts';
import type { FilterKey } from './filter.ts';
import { NetworkView } from './network-view.tsx';
import { useRelabel } from './relabel.ts';
import { RelabelBar, type Scope } from './relabel-bar.tsx';

interface ImageDetailProps {
  readonly images: readonly DatasetImage[];
  readonly index: number;
  readonly image: DatasetImage;
  readonly classes: readonly string[];
  patch(change: (image: DatasetImage) => DatasetImage): void;
  onIndex(index: number): void;
  onFilter(key: FilterKey, value: string): void;
  onClose(): void;
}

/** One image beside what the network makes of it, and the class that a reader gives it. */
export function ImageDetail(props: ImageDetailProps) {
  const { images, index, image, classes, patch, onIndex, onFilter, onClose } = props;
  const reader = useReader();
  const { relabel, undo, last: lastChange } = useRelabel(reader, patch);
  const [scope, setScope] = useState<Scope>('image');
  const { first, last } = scanAround(images, index);
  const scan = images.slice(first, last + 1);
  useKeys([{ keys: 'Escape', title: 'Close the image', group: 'Image', run: onClose }]);
  const at = index - first;
  return (
    <section className="h-data-open" aria-label="Chosen image">
      <Where image={image} onFilter={onFilter} onClose={onClose} />
      <SplitPane
        id="data-image"
        label="Width of the image"
        initial={58}
        minFirst={30}
        minSecond={25}
        first={
          <ImageView
            image={refOf(image)}
            label={`Image ${at + 1} of ${scan.length} of scan ${image.scan}, ${image.class}`}
            series={image.scan}
            overlay={{ position: `Image ${at + 1} of ${scan.length}`, file: image.image, answer: image.class }}
            ahead={aheadOf(scan, at, false).map(refOf)}
            onStep={(step: Step) => onIndex(steppedIndex(images, index, step))}
          />
        }
        second={<NetworkView image={image.image} />}
      />
      <RelabelBar
        classes={classes}
        now={image.class}
        imagesInScan={scan.length}
        scope={scope}
        reader={reader}
        last={lastChange}
        onScope={setScope}
        onClass={(name) => void relabel(scope === 'scan' ? scan : [image], name)}
        onUndo={undo}
      />
    </section>
  );
}

interface WhereProps {
  readonly image: DatasetImage;
  onFilter(key: FilterKey, value: string): void;
  onClose(): void;
}

/** Where the image stands; scan and group narrow the list. */
function Where({ image, onFilter, onClose }: WhereProps) {
  return (
    <header className="h-data-where">
      <span className="h-cut">
        Scan{' '}
        <button type="button" className="h-data-link" onClick={() => onFilter('scan', image.scan)}>
          {image.scan}
        </button>
      </span>
      <span className="h-cut">
        Group{' '}
        <button type="button" className="h-data-link" onClick={() => onFilter('group', image.group)}>
          {image.group}
        </button>
      </span>
      <span className="h-soft">{image.part === null ? 'no part yet' : partTitle(image.part)}</span>
      <span className="h-soft h-cut">
        {image.plane}, {image.width} x {image.height}
      </span>
      <IconButton label="Close the image" icon={X} keyHint="Escape" onClick={onClose} />
    </header>
  );
}

export function refOf({ image }: Pick<DatasetImage, 'image'>): ImageRef {
  return { of: 'dataset', image };
}

import { Users } from 'lucide-react';
import { useMemo } from 'react';
import { useCall } from '../../../api.ts';
import { Answer } from '../../../components/feedback/answer.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ThumbnailGrid } from '../../../components/image-view/thumbnail-grid.tsx';
import { Panel } from '../../../components/layout/panel.tsx';
import { plural } from '../../../format/numbers.ts';
import { navigate, pathOf } from '../../../stores/route.ts';
import { byScan } from '../images/by-scan.ts';
import { refOf } from '../images/image-detail.tsx';

const most = 500;

/** The images of a patient group, scan by scan: do they show one person? */
export function GroupImages({ group }: { readonly group: string | undefined }) {
  const answer = useCall('dataset/images', group === undefined ? null : { group, offset: 0, limit: most }, {
    refreshOn: (push) => push.topic === 'changed' && push.what === 'dataset',
    keep: false,
  });
  const rows = answer.value?.rows;
  const images = useMemo(() => byScan(rows ?? []), [rows]);
  const refs = useMemo(() => images.map(refOf), [images]);
  if (group === undefined) {
    return (
      <Panel title="Images of the group" fill>
        <EmptyState icon={Users} title="No scan is chosen" text="Choose a row to see the images of its group." />
      </Panel>
    );
  }
  const open = (at: number): void => navigate(pathOf('data', ['images'], { group, image: images[at]?.image }));
  return (
    <Panel title={`Group ${group}`} subtitle={rows === undefined ? undefined : plural(rows.length, 'image')} fill>
      <Answer of={answer} rows={6}>
        {() => (
          <ThumbnailGrid
            label={`Images of group ${group}`}
            images={refs}
            labels={images.map(({ scan, class: name }) => ({ text: scan, below: name }))}
            selected={null}
            onSelect={open}
            side={96}
          />
        )}
      </Answer>
    </Panel>
  );
}

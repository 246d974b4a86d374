import { ArrowLeft, Images } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useCall } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { EmptyState } from '../../../components/feedback/empty-state.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { formatCount, plural } from '../../../format/numbers.ts';
import { useKeys } from '../../../keys/use-keys.ts';
import { href, navigate, pathOf } from '../../../stores/route.ts';
import { CellGrid } from './cell-grid.tsx';
import { CellImage } from './cell-image.tsx';
import { useCellImages } from './use-cell-images.ts';
import './cell.css';

interface CellScreenProps {
  readonly run: string;
  readonly truth: string;
  readonly answered: string;
}

/** Images of one cell of a run's confusion matrix, surest first, and a way to correct their labels. */
export function CellScreen({ run: id, truth, answered }: CellScreenProps) {
  const run = useCall('runs/get', { run: id }).value?.run;
  const images = useCellImages(id, truth, answered);
  const [index, setIndex] = useState(0);
  const metrics = run?.metrics ?? null;
  const labels = useMemo(() => metrics?.confusion.labels ?? [truth, answered], [metrics, truth, answered]);
  useKeys([{ keys: 'Escape', title: 'Back to the run', group: 'Cell', run: () => navigate(pathOf('runs', [id])) }]);
  const { rows, total } = images;
  const chosen = rows?.[Math.min(index, rows.length - 1)];
  const row = metrics?.confusion.matrix[labels.indexOf(truth)];
  const all = row?.reduce((sum, count) => sum + count, 0);
  return (
    <Screen
      fill
      title={`Truth ${truth}, answered ${answered}`}
      subtitle={
        total === undefined ? undefined : `${formatCount(total)} of ${plural(all ?? total, 'image')}, surest first`
      }
      actions={
        <LinkButton kind="quiet" icon={ArrowLeft} href={href(pathOf('runs', [id]))}>
          {run?.name ?? 'The run'}
        </LinkButton>
      }
    >
      {images.error === undefined ? null : <ErrorNotice error={images.error} onRetry={images.reload} />}
      {rows === undefined && images.error === undefined ? <Loading rows={6} /> : null}
      {rows?.length === 0 ? <EmptyState icon={Images} title="No image is in this cell" /> : null}
      {rows === undefined || chosen === undefined ? null : (
        <SplitPane
          id="runs-cell"
          label="Width of the list"
          initial={36}
          minFirst={20}
          minSecond={40}
          first={
            <CellGrid {...{ rows, truth, images }} selected={Math.min(index, rows.length - 1)} onSelect={setIndex} />
          }
          second={
            <CellImage
              {...{ rows, labels, truth, answered }}
              model={run?.model ?? null}
              index={Math.min(index, rows.length - 1)}
              onIndex={setIndex}
            />
          }
        />
      )}
    </Screen>
  );
}

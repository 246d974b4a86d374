import { ArrowLeft } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { type Batch, type Output, useCall } from '../../../api.ts';
import { LinkButton } from '../../../components/controls/button.tsx';
import { ErrorNotice } from '../../../components/feedback/error-notice.tsx';
import { Loading } from '../../../components/feedback/loading.tsx';
import { DropZone } from '../../../components/files/drop-zone.tsx';
import { Screen } from '../../../components/layout/screen.tsx';
import { SplitPane } from '../../../components/layout/split-pane.tsx';
import { formatDateTime } from '../../../format/dates.ts';
import { shortHash } from '../../../format/hash.ts';
import { href, navigate, pathOf, useRoute } from '../../../stores/route.ts';
import { FilterBar } from '../filter/filter-bar.tsx';
import { type Listing, listingOf, queryOf } from '../filter/listing.ts';
import { ImagePane } from '../image/image-pane.tsx';
import { StartState } from '../start/start-state.tsx';
import type { Starter } from '../start/use-starter.ts';
import { RowTable } from '../table/row-table.tsx';
import { ScanTable } from '../table/scan-table.tsx';
import { BatchActions } from './batch-actions.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchSessionProvider, createBatchSession } from './batch-session.ts';
import { SummaryStrip } from './summary-strip.tsx';
import { useBatchPulse } from './use-batch-pulse.ts';
import { addressOf, useRouteSelection } from './use-route-selection.ts';
import './batch.css';

interface BatchScreenProps {
  readonly id: string;
  readonly starter: Starter;
}

/** One batch: what came out, row by row, beside the images, for a reader to go through. */
export function BatchScreen({ id, starter }: BatchScreenProps) {
  const answer = useCall('batches/get', { batch: id });
  useBatchPulse(id, answer.reload);
  const details = answer.value;
  const back = (
    <LinkButton kind="quiet" icon={ArrowLeft} href={href(pathOf('classify'))}>
      All batches
    </LinkButton>
  );
  if (details === undefined) {
    return (
      <Screen title="Classify" actions={back}>
        {answer.error === undefined ? <Loading /> : <ErrorNotice error={answer.error} onRetry={answer.reload} />}
      </Screen>
    );
  }
  const { batch } = details;
  return (
    <Screen
      title={batch.title}
      subtitle={<Subtitle batch={batch} />}
      fill
      actions={
        <>
          {back}
          <BatchActions batch={batch} />
        </>
      }
    >
      <DropZone
        purpose="scans"
        title={`Drop to classify another folder with ${starter.model?.title ?? 'the model'}`}
        disabled={starter.model === undefined || starter.start.busy}
        onFolder={(path) => void starter.start.run(path)}
      >
        <StartState starter={starter} />
        <BatchProgress batch={batch} />
        <OpenBatch details={details} />
      </DropZone>
    </Screen>
  );
}

function Subtitle({ batch: { folder, model, startedAt } }: { readonly batch: Batch }) {
  return (
    <span title={folder}>
      {model.title} <span className="h-mono">{shortHash(model.seal)}</span>
      {model.stoodAs === null ? '' : ` · ${model.stoodAs} at that time`} · {formatDateTime(startedAt)}
    </span>
  );
}

function OpenBatch({ details }: { readonly details: Output<'batches/get'> }) {
  const { batch } = details;
  const { states } = batch;
  const { query } = useRoute();
  const listing = useListing(query);
  const [session] = useState(() => createBatchSession(batch.id, listing));
  useRouteSelection(session, listing, query);
  const onListing = useCallback(
    (next: Listing, replace = false) => navigate(addressOf(session, next), { replace }),
    [session],
  );
  // The same list as long as the names are: tables and panels are drawn again only for new ones.
  const names = JSON.stringify(batch.classes);
  const classes = useMemo<readonly string[]>(() => JSON.parse(names), [names]);
  const { title, seal } = batch.model;
  const model = useMemo(() => ({ title, seal }), [title, seal]);
  const images = states.answered + states.review + states.refused;
  const Table = listing.view === 'scans' ? ScanTable : RowTable;
  return (
    <BatchSessionProvider value={session}>
      <SplitPane
        id="classify"
        label="Width of table and image"
        initial={52}
        minFirst={30}
        minSecond={30}
        first={
          <div className="h-classify-list">
            <SummaryStrip details={details} listing={listing} onListing={onListing} />
            <FilterBar listing={listing} onListing={onListing} images={images} />
            <Table classes={classes} listing={listing} onListing={onListing} />
          </div>
        }
        second={<ImagePane classes={classes} model={model} listing={listing} onListing={onListing} />}
      />
    </BatchSessionProvider>
  );
}

/** The listing of the address: the same object as long as it says the same. */
function useListing(query: Readonly<Record<string, string>>): Listing {
  const written = JSON.stringify(queryOf(listingOf(query)));
  return useMemo(() => listingOf(JSON.parse(written)), [written]);
}

import { FilterX, X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../../../components/controls/button.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { Select } from '../../../components/controls/select.tsx';
import { formatCount } from '../../../format/numbers.ts';
import { useBatchSession } from '../batch/batch-session.ts';
import { FilterText } from './filter-text.tsx';
import { filterCount, type Listing } from './listing.ts';
import { OrderSelect } from './order-select.tsx';
import { ProbabilityFilter } from './probability-filter.tsx';

export interface ListingProps {
  readonly listing: Listing;
  onListing(next: Listing, replace?: boolean): void;
}

const views = [
  { value: 'images', label: 'Images' },
  { value: 'scans', label: 'Scans' },
] as const;

/** What the table shows and in which order. */
export function FilterBar({ listing, onListing, images }: ListingProps & { readonly images: number }) {
  const isImages = listing.view === 'images';
  return (
    <fieldset className="h-classify-filters" aria-label="Filter and order">
      <div className="h-classify-line">
        <Segmented
          label="What a row is"
          value={listing.view}
          options={views}
          onChange={(view) => onListing({ ...listing, view })}
        />
        {isImages ? <OrderSelect sort={listing.sort} onSort={(sort) => onListing({ ...listing, sort })} /> : null}
        <Count what={listing.view} all={isImages && filterCount(listing.filter) > 0 ? images : undefined} />
      </div>
      {isImages ? <ImageFilters listing={listing} onListing={onListing} /> : null}
    </fieldset>
  );
}

const readings = [
  { value: 'all', label: 'Read or not' },
  { value: 'no', label: 'Unread' },
  { value: 'yes', label: 'Read' },
] as const;

function ImageFilters({ listing, onListing }: ListingProps) {
  const { filter } = listing;
  const set = (change: Partial<Listing['filter']>, replace = false): void =>
    onListing({ ...listing, filter: { ...filter, ...change } }, replace);
  return (
    <div className="h-classify-line">
      <FilterText text={filter.text} onText={(text, replace) => set({ text }, replace)} />
      <ProbabilityFilter
        low={filter.minProbability}
        high={filter.maxProbability}
        onRange={(minProbability, maxProbability) => set({ minProbability, maxProbability }, true)}
      />
      <Select
        label="Read or unread"
        value={filter.reviewed === undefined ? 'all' : filter.reviewed ? 'yes' : 'no'}
        options={readings}
        onChange={(value) => set({ reviewed: value === 'all' ? undefined : value === 'yes' })}
      />
      {filter.scan === undefined ? null : (
        <Button
          className="h-classify-scan"
          icon={X}
          title={`Only scan ${filter.scan}: press to see all scans`}
          onClick={() => set({ scan: undefined })}
        >
          {filter.scan}
        </Button>
      )}
      {filterCount(filter) === 0 ? null : (
        <IconButton label="Show all: no filter" icon={FilterX} onClick={() => onListing({ ...listing, filter: {} })} />
      )}
    </div>
  );
}

interface CountProps {
  readonly what: Listing['view'];
  /** Given where filters hide some of them. */
  readonly all: number | undefined;
}

/** `312 of 12,446 images`. */
function Count({ what, all }: CountProps) {
  const { shown } = useStore(useBatchSession().count);
  if (shown === undefined) return null;
  return (
    <span className="h-classify-count h-num h-soft" role="status">
      {all === undefined ? formatCount(shown) : `${formatCount(shown)} of ${formatCount(all)}`} {what}
    </span>
  );
}

import { batchStates } from '../../../../pipeline/domain/outcome.ts';
import type { Output } from '../../../api.ts';
import { ClassChip } from '../../../components/figures/class-chip.tsx';
import { StateBadge } from '../../../components/figures/state-badge.tsx';
import { FilterToggle } from '../filter/filter-toggle.tsx';
import { type Listing, toggled } from '../filter/listing.ts';
import { ManyClasses } from '../filter/many-classes.tsx';

interface SummaryStripProps {
  readonly details: Output<'batches/get'>;
  readonly listing: Listing;
  onListing(next: Listing): void;
}

/** More classes than this stand in a list of their own. */
const mostInLine = 7;

/** How many images have which state and which answer; each count is also a filter. */
export function SummaryStrip({ details: { batch, byClass }, listing, onListing }: SummaryStripProps) {
  const { filter } = listing;
  const set = (change: Partial<Listing['filter']>): void =>
    onListing({ ...listing, view: 'images', filter: { ...filter, ...change } });
  return (
    <div className="h-classify-summary">
      <fieldset className="h-classify-toggles" aria-label="Filter by state">
        {batchStates.map((state) => (
          <FilterToggle
            key={state}
            pressed={filter.states?.includes(state) === true}
            count={batch.states[state]}
            onPress={() => set({ states: toggled(filter.states, state) })}
          >
            <StateBadge state={state} />
          </FilterToggle>
        ))}
      </fieldset>
      <fieldset className="h-classify-toggles" aria-label="Filter by answer">
        {batch.classes.length > mostInLine ? (
          <ManyClasses
            classes={batch.classes}
            byClass={byClass}
            chosen={filter.classes}
            onChosen={(classes) => set({ classes })}
          />
        ) : (
          batch.classes.map((name, index) => (
            <FilterToggle
              key={name}
              pressed={filter.classes?.includes(name) === true}
              count={byClass[name] ?? 0}
              onPress={() => set({ classes: toggled(filter.classes, name) })}
            >
              <ClassChip name={name} index={index} />
            </FilterToggle>
          ))
        )}
      </fieldset>
    </div>
  );
}

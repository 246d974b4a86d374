import type { RowSort } from '../../../api.ts';
import { Select } from '../../../components/controls/select.tsx';
import { sameSort } from './listing.ts';

/** Orders that a reader asks for by name; the headings of the table offer the rest. */
const orders: readonly { readonly value: string; readonly label: string; readonly sort: RowSort }[] = [
  { value: 'urgent', label: 'Most urgent first', sort: { by: 'urgency', descending: false } },
  { value: 'file', label: 'In file order', sort: { by: 'file', descending: false } },
  { value: 'unsure', label: 'Least sure first', sort: { by: 'probability', descending: false } },
  { value: 'sure', label: 'Surest first', sort: { by: 'probability', descending: true } },
  { value: 'state', label: 'Review, then refused', sort: { by: 'state', descending: false } },
];

interface OrderSelectProps {
  readonly sort: RowSort;
  onSort(sort: RowSort): void;
}

export function OrderSelect({ sort, onSort }: OrderSelectProps) {
  const value = orders.find((order) => sameSort(order.sort, sort))?.value ?? 'heading';
  const other = { value: 'heading', label: 'As the heading says', disabled: true };
  return (
    <Select
      label="Order"
      value={value}
      options={value === 'heading' ? [...orders, other] : orders}
      onChange={(chosen) => {
        const order = orders.find((each) => each.value === chosen);
        if (order !== undefined) onSort(order.sort);
      }}
    />
  );
}

import type { Input } from '../../../../main/ipc/contract.ts';

/** Which images are listed; it stands in the address. */
export interface ImageFilter {
  readonly class?: string;
  readonly part?: string;
  readonly group?: string;
  readonly scan?: string;
}

const keys = ['class', 'part', 'group', 'scan'] as const;
export type FilterKey = (typeof keys)[number];

export function filterIn(query: Readonly<Record<string, string>>): ImageFilter {
  return Object.fromEntries(keys.flatMap((key) => (query[key] ? [[key, query[key]]] : [])));
}

/** The filter with one key changed; null takes it away. A scan lies in one group only: they go together. */
export function withFilter(filter: ImageFilter, key: FilterKey, value: string | null): ImageFilter {
  const kept = Object.entries(filter).filter(([name]) => name !== key && !(key === 'group' && name === 'scan'));
  return Object.fromEntries([...kept, ...(value === null ? [] : [[key, value]])]);
}

export function questionOf(filter: ImageFilter, offset: number, limit: number): Input<'dataset/images'> {
  return { ...filter, offset, limit };
}

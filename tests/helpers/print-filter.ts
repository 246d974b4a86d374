import type { Filter } from '../../src/main/studies/run-filter/filter.ts';
import { quoted } from '../../src/main/studies/run-filter/quoted.ts';

/** A filter as text; reading it again gives the same filter. */
export function printFilter(filter: Filter | null): string {
  return filter === null ? '' : textOf(filter);
}

function textOf(filter: Filter): string {
  switch (filter.is) {
    case 'or':
      return filter.parts.map((part) => (part.is === 'or' ? bracketed(part) : textOf(part))).join(' or ');
    case 'and':
      return filter.parts.map(closely).join(' and ');
    case 'not':
      return `not ${closely(filter.part)}`;
    case 'has':
      return `has ${quoted(filter.key)}`;
    case 'flag':
      return quoted(filter.key);
    case 'compare':
      return `${quoted(filter.key)} ${filter.operator} ${quoted(filter.value)}`;
    default:
      return filter satisfies never;
  }
}

function closely(filter: Filter): string {
  return filter.is === 'and' || filter.is === 'or' ? bracketed(filter) : textOf(filter);
}

function bracketed(filter: Filter): string {
  return `(${textOf(filter)})`;
}

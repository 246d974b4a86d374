import { curvePicks } from '../runs-table/curve-columns.ts';
import { reservedOf } from './filter.ts';

/** A key or value in quotes where it could not stand without. */
export function quoted(text: string): string {
  const isPlain = /^[^\s()"'=<>!~]+$/.test(text) && reservedOf(text) === undefined && !curvePicks.includes(text);
  return isPlain ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

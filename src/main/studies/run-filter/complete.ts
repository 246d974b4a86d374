import { curvePicks } from '../runs-table/curve-columns.ts';
import type { RunsTable } from '../runs-table/table.ts';
import { findColumn, operatorsOf } from './columns.ts';
import type { Wanted } from './fault.ts';
import type { Filter, Operator } from './filter.ts';
import { parseFilter } from './parse.ts';
import { quoted } from './quoted.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface Suggestion {
  readonly text: string;
  readonly help: string;
}

/** What may stand at a place; `from` and `to`: the text that a suggestion takes the place of. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
}

const most = 50;

/** Proposals for the word that the caret stands in or behind. Never throws. @param at place of the caret, from 0 */
export function completeFilter(text: string, at: number, table: RunsTable): Completion {
  const caret = Math.min(at, text.length);
  const piece = pieceAt(text, caret);
  const before = text.slice(0, piece.from);
  const wanted = wantedAfter(before, table);
  const curve = wanted.what === 'operator' ? curveBefore(before, wanted.key, table) : undefined;
  const from = curve ?? piece.from;
  const typed = text.slice(from, caret).replace(/^["']/, '');
  const proposed = curve === undefined ? proposals(wanted, table) : keyProposals(table);
  return { from, to: piece.to, suggestions: fitting(proposed, typed.toLowerCase()).slice(0, most) };
}

/** The word or quoted text that the caret stands in or right behind; else nothing, at the caret. */
function pieceAt(text: string, caret: number): { from: number; to: number } {
  const inside = (token: Token): boolean =>
    token.from < caret && caret <= token.to && ['word', 'quoted', 'broken'].includes(token.kind);
  return tokensOf(text).find(inside) ?? { from: caret, to: caret };
}

/** `best lo`: both words are one key. @returns where it begins */
function curveBefore(before: string, key: string, table: RunsTable): number | undefined {
  if (!curvePicks.includes(key) || findColumn(table.columns(), key) !== undefined) return undefined;
  return before.trimEnd().length - key.length;
}

function wantedAfter(before: string, table: RunsTable): Wanted {
  const { filter, fault } = parseFilter(before);
  if (fault !== undefined) {
    // Only what is missing at the end can be proposed; a fault further up must be mended first.
    return fault.at >= before.trimEnd().length ? behindKey(before, fault.wanted, table) : { what: 'nothing' };
  }
  if (filter === null) return { what: 'condition' };
  return operatorFor(lastOf(filter), before, table) ?? { what: 'connective', closing: false };
}

/** `(name` lacks an operator before it lacks its bracket. */
function behindKey(before: string, wanted: Wanted, table: RunsTable): Wanted {
  if (wanted.what !== 'connective') return wanted;
  const closed = parseFilter(before + ')'.repeat(openBrackets(before)));
  const last = closed.filter == null ? undefined : lastOf(closed.filter);
  return operatorFor(last, before, table) ?? wanted;
}

function openBrackets(text: string): number {
  const count = (kind: Token['kind']): number => tokensOf(text).filter((token) => token.kind === kind).length;
  return Math.max(0, count('(') - count(')'));
}

function operatorFor(last: Filter | undefined, before: string, table: RunsTable): Wanted | undefined {
  if (last?.is !== 'flag' || last.end !== before.trimEnd().length) return undefined;
  return findColumn(table.columns(), last.key)?.kind === 'flag' ? undefined : { what: 'operator', key: last.key };
}

function lastOf(filter: Filter): Filter | undefined {
  if (filter.is === 'not') return lastOf(filter.part);
  if (filter.is !== 'and' && filter.is !== 'or') return filter;
  const last = filter.parts.at(-1);
  return last === undefined ? undefined : lastOf(last);
}

function proposals(wanted: Wanted, table: RunsTable): Suggestion[] {
  switch (wanted.what) {
    case 'condition':
      return [...keyProposals(table), ...wordProposals(['not', 'has'])];
    case 'key':
      return keyProposals(table);
    case 'operator':
      return operatorProposals(wanted.key, table);
    case 'value':
      return valueProposals(wanted.key, table);
    case 'connective':
      return [...wordProposals(['and', 'or']), ...(wanted.closing ? [{ text: ')', help: 'end of the bracket' }] : [])];
    case 'nothing':
      return [];
    default:
      return wanted satisfies never;
  }
}

function keyProposals(table: RunsTable): Suggestion[] {
  return Array.from(table.columns().values(), ({ key, title }) => ({ text: quoted(key), help: title }));
}

const operatorWords: Readonly<Record<Operator, string>> = {
  '=': 'equal to',
  '!=': 'other than',
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
  '~': 'contains',
  '!~': 'does not contain',
};

function operatorProposals(key: string, table: RunsTable): Suggestion[] {
  const column = findColumn(table.columns(), key);
  const fitting = column === undefined ? [] : operatorsOf[column.kind];
  return fitting.map((operator) => ({ text: operator, help: operatorWords[operator] }));
}

function valueProposals(key: string, table: RunsTable): Suggestion[] {
  const column = findColumn(table.columns(), key);
  if (column === undefined || column.isFree || column.kind === 'time') return [];
  if (column.kind === 'flag') return ['true', 'false'].map((text) => ({ text, help: column.title }));
  // Figures differ in each run; parameters of a sweep have a few values that repeat.
  if (column.kind === 'number' && !/^(params\.|seed$)/.test(column.key)) return [];
  return table.valuesOf(column).map((text) => ({ text: quoted(text), help: column.title }));
}

const wordHelp = {
  and: 'both must hold',
  or: 'one of both must hold',
  not: 'must not hold',
  has: 'there is a value',
} as const;

function wordProposals(words: readonly (keyof typeof wordHelp)[]): Suggestion[] {
  return words.map((text) => ({ text, help: wordHelp[text] }));
}

/** What begins with the text first, then what holds it somewhere. */
function fitting(proposed: readonly Suggestion[], typed: string): Suggestion[] {
  const bare = (text: string): string => text.toLowerCase().replace(/^"/, '');
  const begins = proposed.filter(({ text }) => bare(text).startsWith(typed));
  const holds = proposed.filter(
    ({ text, help }) =>
      !bare(text).startsWith(typed) && (bare(text).includes(typed) || help.toLowerCase().includes(typed)),
  );
  return [...begins, ...holds];
}

import { curvePicks } from '../runs-table/curve-columns.ts';
import { type FilterFault, FilterStop, type Wanted } from './fault.ts';
import { type Filter, type Operator, operators, type ReservedWord, reservedOf } from './filter.ts';
import { type Token, tokensOf } from './tokens.ts';

/** `filter` null: an empty text, which every run fits. */
export type ParsedFilter =
  | { readonly filter: Filter | null; readonly fault?: undefined }
  | { readonly filter?: undefined; readonly fault: FilterFault & { readonly wanted: Wanted } };

/**
 * Reads a filter: comparisons, bare flags, `has KEY`, joined by `and`, `or`, `not` and brackets; `and` binds closer than `or`.
 * Whether the keys exist is not looked at. Never throws.
 */
export function parseFilter(text: string): ParsedFilter {
  const tokens = tokensOf(text);
  if (tokens[0]?.kind === 'end') return { filter: null };
  try {
    return { filter: new Parser(tokens).whole() };
  } catch (error) {
    if (!(error instanceof FilterStop)) throw error;
    return { fault: { at: error.at, expected: error.expected, wanted: error.wanted } };
  }
}

/** Brackets and `not` inside each other; more would be a mistake, and could exhaust the stack. */
const deepest = 50;

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Filter {
    const filter = this.either();
    if (this.token.kind !== 'end') throw this.stop('and, or, or the end', { what: 'connective', closing: false });
    return filter;
  }

  private either(): Filter {
    return this.joined('or', () => this.joined('and', () => this.single()));
  }

  private joined(is: 'and' | 'or', part: () => Filter): Filter {
    const first = part();
    const parts = [first];
    while (this.takeWord(is)) parts.push(part());
    return parts.length === 1 ? first : { is, parts };
  }

  private single(): Filter {
    if (this.takeWord('not')) return { is: 'not', part: this.deeper(() => this.single()) };
    if (this.takeWord('has')) return { is: 'has', ...this.key({ what: 'key' }) };
    if (this.token.kind === '(') return this.bracket();
    const named = this.key({ what: 'condition' });
    if (this.token.kind !== 'operator') return { is: 'flag', ...named };
    const operator = operatorOf(this.token.text);
    this.next++;
    return { is: 'compare', ...named, operator, ...this.value(named.key, operator) };
  }

  private bracket(): Filter {
    this.next++;
    const inside = this.deeper(() => this.either());
    if (this.token.kind !== ')') throw this.stop('and, or, or )', { what: 'connective', closing: true });
    this.next++;
    return inside;
  }

  private deeper(read: () => Filter): Filter {
    if (++this.depth > deepest) throw this.stop(`at most ${deepest} brackets inside each other`, { what: 'nothing' });
    const filter = read();
    this.depth--;
    return filter;
  }

  private key(wanted: Wanted): { key: string; at: number; end: number } {
    const { kind, text, from, to } = this.token;
    const isName = kind === 'quoted' || (kind === 'word' && reservedOf(text) === undefined);
    if (!isName) throw this.stop(wanted.what === 'key' ? 'a column' : 'a column, not, has or (', wanted);
    this.next++;
    const second = this.token;
    // `best validation_loss` is one key; people write it without quotes.
    if (
      kind === 'word' &&
      curvePicks.includes(text) &&
      second.kind === 'word' &&
      reservedOf(second.text) === undefined
    ) {
      this.next++;
      return { key: `${text} ${second.text}`, at: from, end: second.to };
    }
    return { key: text, at: from, end: to };
  }

  private value(key: string, operator: Operator): { value: string; valueAt: number } {
    const { kind, text, from } = this.token;
    const isValue = kind === 'quoted' || (kind === 'word' && reservedOf(text) === undefined);
    if (!isValue) throw this.stop('a value', { what: 'value', key, operator });
    this.next++;
    return { value: text, valueAt: from };
  }

  private takeWord(word: ReservedWord): boolean {
    const { kind, text } = this.token;
    const stands = kind === 'word' && reservedOf(text) === word;
    if (stands) this.next++;
    return stands;
  }

  private get token(): Token {
    return this.tokens[this.next] ?? { kind: 'end', text: '', from: 0, to: 0 };
  }

  private stop(expected: string, wanted: Wanted): FilterStop {
    const { kind, text, from } = this.token;
    return kind === 'broken' ? new FilterStop(from, text, wanted) : new FilterStop(from, expected, wanted);
  }
}

function operatorOf(text: string): Operator {
  const known = operators.find((each) => each === text);
  return known === undefined || known === '==' ? '=' : known;
}

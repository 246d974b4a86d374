import { operators } from './filter.ts';

/** A piece of a filter; `from` and `to` are places in the text. */
export interface Token {
  /** `word`: as it stands; `quoted`: `text` without its quotes; `broken`: `text` says what was expected. */
  readonly kind: 'word' | 'quoted' | 'operator' | '(' | ')' | 'broken' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const blank = /\s+/y;
const word = /[^\s()"'=<>!~]+/y;

/** Cuts a filter into pieces; the last one is always `end`. Never throws. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at += lengthAt(blank, text, at);
    const token = tokenAt(text, at);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at = token.to;
  }
}

function tokenAt(text: string, from: number): Token {
  const first = text[from];
  if (first === undefined) return { kind: 'end', text: '', from, to: from };
  if (first === '(' || first === ')') return { kind: first, text: first, from, to: from + 1 };
  if (first === '"' || first === "'") return quotedAt(text, from, first);
  const operator = operators.find((each) => text.startsWith(each, from));
  if (operator !== undefined) return { kind: 'operator', text: operator, from, to: from + operator.length };
  const length = lengthAt(word, text, from);
  if (length === 0) return { kind: 'broken', text: '!= or !~', from, to: from + 1 };
  return { kind: 'word', text: text.slice(from, from + length), from, to: from + length };
}

/** A backslash keeps the next character as it is. */
function quotedAt(text: string, from: number, quote: string): Token {
  let value = '';
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === quote) return { kind: 'quoted', text: value, from, to: at + 1 };
    if (character === '\\' && at + 1 < text.length) at++;
    value += text[at] ?? '';
  }
  return { kind: 'broken', text: `a closing ${quote}`, from, to: text.length };
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

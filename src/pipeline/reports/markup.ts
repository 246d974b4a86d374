/** A piece of HTML or SVG whose strings are already escaped. Made only by `markup`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type MarkupValue = string | number | Markup | readonly Markup[];

/**
 * Template tag for HTML and SVG: every value put in is escaped, for text and for quoted attributes alike; only what
 * `markup` itself made goes in as it is. The single place where text becomes markup.
 */
export function markup(literals: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(literals.map((literal, i) => (i === 0 ? '' : textOf(values[i - 1])) + literal).join(''));
}

function textOf(value: MarkupValue | undefined): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeMarkup(value);
  if (typeof value === 'number') return escapeMarkup(String(value));
  return value.map((piece) => piece.text).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Text that is safe between tags and in quoted attributes. What XML 1.0 cannot hold becomes U+FFFD. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

/**
 * Text without characters that act instead of showing: control characters (a terminal obeys them, XML forbids them),
 * bidirectional overrides (they disguise file names), lone surrogates and non-characters. Each becomes U+FFFD.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]/gu, '\ufffd');
}
